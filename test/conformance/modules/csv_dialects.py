# Dialects of csv that a chapter registers.
import csv, io
def t(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
csv.register_dialect('semi', delimiter=';', quoting=csv.QUOTE_NONNUMERIC)
print(list(csv.reader(io.StringIO('"a";1\n"b";2.5\n'), 'semi')), csv.list_dialects())
class Pipe(csv.excel):
    delimiter = '|'
csv.register_dialect('pipe', Pipe, lineterminator='\n')
out = io.StringIO(); csv.writer(out, dialect='pipe').writerows([[1, 'x|y'], [2, 'z']]); print(repr(out.getvalue()))
print(csv.get_dialect('semi').delimiter, csv.get_dialect('pipe').lineterminator == '\n')
t(csv.get_dialect, 'nope'); t(csv.register_dialect, 5); t(csv.register_dialect, 'bad', delimiter='ab'); t(csv.unregister_dialect, 'nope')
csv.unregister_dialect('semi'); print(csv.list_dialects()); t(csv.reader, [], 'semi')
print(list(csv.DictReader(io.StringIO('a|b\n1|2\n'), dialect='pipe')))

print(list(csv.reader(['1|2'], 'pipe')))
