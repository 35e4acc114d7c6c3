# Every directive of strftime with its flags; texts that fromisoformat and strptime read or refuse.
from datetime import UTC, date, datetime, time, timedelta, timezone


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


moments = [
    datetime(2024, 2, 29, 14, 5, 6, 789, timezone(timedelta(hours=-3, minutes=-30))),
    datetime(999, 12, 31, 0, 0, 0),
    date(2021, 1, 3),
    time(12, 30, 1, tzinfo=UTC),
]
for moment in moments:
    for code in 'aAbBcCdDeFgGhHIjklmMnpPrRStTuUVwWxXyYzZf%':
        print(code, repr(moment.strftime('%' + code)), end=' ')
    print()
    print(repr(moment.strftime('%-d|%_m|%^a|%#p|%6Y|%-3j|%010e|%_H|%^P|%:z')))

for text in '''2024-02-29 2024-2-29 20240229 2024-W09 2024-W09-4 2024W094 2024-W54-1 2024-02-30 0000-01-01 2024W0941x
    2024-02-29T14 2024-02-29T14:05 2024-02-29T1405 2024-02-29T14:05:06,5 2024-02-29T140506.1234567 2024-02-29T14:05:06Z
    2024-02-29_14:05+05:30 2024-02-29T14:05-00:00:30.5 2024-W09-14:05 2024-W09-4-14:05 2024W09414 2024-02-29T24:00
    2024-02-29T14:0 2024-02-29T14:05x 2024-02-29T14:05x+01 2024-02-29T14:05:06.1x+01 2024-02-29T14:05+24:00 T14 14:05:06:5+01
    09030512 0903.5 Z'''.split():
    for kind in (date, datetime, time):
        attempt(lambda: kind.fromisoformat(text))

for text, pattern in [
    ('29 Feb 2024', '%d %b %Y'), ('THURSDAY 29 february 24', '%A %d %B %y'), ('02/29/24 14:05:06', '%x %X'),
    ('2024 60', '%Y %j'), ('2024 9 4', '%Y %U %w'), ('2024 0 Mon', '%Y %W %a'), ('2024 09 4', '%G %V %u'), ('9 4', '%V %u'),
    ('2024 9', '%G %V'), ('12:05 am', '%I:%M %p'), ('12:05 pm', '%I:%M %p'), ('1:05   PM', '%I:%M %p'), ('14.5', '%H.%f'),
    ('+0530', '%z'), ('-05:30:15.25', '%z'), ('Z utc', '%z %Z'), ('z', '%z'), ('+05:3015', '%z'), ('2024', '%Q'), ('2024', '%Y%'),
    ('2024x', '%Y'), ('x', '%Y'), ('31 2 2023', '%d %m %Y'), ('60', '%S'), ('100%', '%y0%%'), (' 5', '%d'), ('Thu Feb 29 14:05:06 2024', '%c'),
]:
    attempt(lambda: datetime.strptime(text, pattern))
