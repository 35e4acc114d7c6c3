from datetime import date, datetime, timedelta, timezone
import matplotlib.dates as mdates

print(mdates.date2num(date(2024, 2, 29)), repr(mdates.date2num(datetime(2024, 2, 29, 18, 30, 15, 250000))))
print(mdates.date2num([date(1970, 1, 1), date(1969, 12, 31)]))
print(mdates.date2num(datetime(2024, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=2)))))
print(mdates.MO, [mdates.SU], mdates.TU.weekday)
print(mdates.AutoDateLocator, mdates.DateFormatter.__name__)
