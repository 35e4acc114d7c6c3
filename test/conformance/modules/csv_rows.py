import csv, io
T = '''name,flow,note
pump,40,"a ""good"" one"
tank,,"two
lines"

valve,7,x,extra
'''
print(list(csv.reader(io.StringIO(T))))
print(list(csv.DictReader(io.StringIO(T))))
r = csv.DictReader(io.StringIO(T), restkey='more'); print(r.fieldnames, next(r), r.line_num, list(r)[-1])
for args in [dict(delimiter=';'), dict(quoting=csv.QUOTE_NONE), dict(skipinitialspace=True), dict(delimiter='\t'), dict(quotechar="'"), dict(escapechar='\\'), dict(quoting=csv.QUOTE_NONNUMERIC), dict(dialect='excel-tab'), dict(doublequote=False, escapechar='\\'), dict(quoting=csv.QUOTE_STRINGS), dict(quoting=csv.QUOTE_NOTNULL)]:
    for text in ['a;b;"c;d"\n', "1, 2, 'x, y'\n", '"a","b"\n', 'a\\,b,c\\"d\n', '1.5,2,"q"\n', 'a\tb\n', '', '\n', 'a,\n', '"unclosed\n', 'a"b,c\n', '"a"b,c\n', ' "x",y\n', ',,\n', 'a\rb\n', '1,,""\n']:
        try: print(args, repr(text), list(csv.reader(io.StringIO(text), **args)))
        except Exception as e: print(args, repr(text), type(e).__name__, e)
print(list(csv.reader(['a,b', 'c,"d'])), list(csv.reader('a b c'.split())))
for args in [dict(), dict(quoting=csv.QUOTE_ALL), dict(quoting=csv.QUOTE_NONNUMERIC), dict(quoting=csv.QUOTE_NONE, escapechar='\\'), dict(lineterminator='\n', delimiter=';'), dict(dialect='unix'), dict(quoting=csv.QUOTE_NONE), dict(quoting=csv.QUOTE_STRINGS), dict(quoting=csv.QUOTE_NOTNULL)]:
    for row in [[1, 2.5, None, 'a'], ['a,b', 'c"d', 'e\nf'], [''], [None], [], [' x', True]]:
        out = io.StringIO()
        try: n = csv.writer(out, **args).writerow(row); print(args, row, repr(out.getvalue()), n)
        except Exception as e: print(args, row, type(e).__name__, e)
out = io.StringIO(); w = csv.DictWriter(out, ['a', 'b'], restval='-'); w.writeheader(); w.writerow({'a': 1}); w.writerows([{'b': 2}]); print(repr(out.getvalue()))
try: w.writerow({'c': 1})
except ValueError as e: print(e)
for bad in [lambda: csv.reader(['a'], delimiter='ab'), lambda: csv.reader(['a'], foo=1), lambda: csv.reader(['a'], 'nope'), lambda: list(csv.reader([b'a'])), lambda: csv.writer(io.StringIO()).writerow(3)]:
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
print(csv.list_dialects(), csv.get_dialect('excel').delimiter, csv.excel.quotechar, issubclass(csv.Error, Exception))
