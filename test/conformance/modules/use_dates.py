from datetime import *
import calendar
d=date(2024,2,29); print(d, repr(d), d+timedelta(days=1), d.weekday(), d.isocalendar(), d.strftime('%d %B %Y, %a %j %U %W'), date(2025,1,1)-d, d<date(2025,1,1))
t=datetime(2024,3,1,14,5,6,789); print(t, repr(t), t-timedelta(hours=20), t.isoformat(timespec='minutes'), t.date(), t.time(), f'{t:%H:%M}', t.replace(hour=1))
print(timedelta(days=1.5,hours=3), repr(timedelta(seconds=90)), timedelta(hours=5)/timedelta(hours=2), timedelta(hours=5)*1.5, timedelta(seconds=1).total_seconds(), -timedelta(hours=1), timedelta(0.1), timedelta(microseconds=.5), abs(timedelta(-1)))
print(datetime.strptime('2024-03-01 14:05','%Y-%m-%d %H:%M'), datetime.fromisoformat('2024-03-01T14:05:06+02:00'), datetime(2024,1,1,tzinfo=timezone.utc).timestamp(), datetime(2024,1,1,tzinfo=UTC).astimezone(timezone(timedelta(hours=-5))))
for f in (lambda:date(2024,2,30), lambda:datetime.strptime('x','%Y'), lambda:timedelta('a'), lambda:date(2024,13,1), lambda:d+1):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(calendar.isleap(2024), calendar.monthrange(2024,2)[1], calendar.month_name[3], calendar.monthcalendar(2024,2)[0], hash(d)==hash(date(2024,2,29)), sorted([t,t-timedelta(1)])[0], {d:1}[date(2024,2,29)], timedelta.max, (date(2024,3,1)-timedelta(weeks=2)).ctime())
