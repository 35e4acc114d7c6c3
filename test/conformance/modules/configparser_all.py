import configparser, io
T = '''
; comment
[DEFAULT]
base = /data
Rate: 0.5

[pump]
flow = 40
Name = big %(base)s/pump
list = a
  b

  c
enabled = yes
# another
empty =
[tank one]
volume=1e3 ; not a comment
'''
c = configparser.ConfigParser(); c.read_string(T)
print(c.sections(), c.defaults(), c['pump']['flow'], c.get('pump', 'name'), c.getint('pump', 'flow'), c.getfloat('DEFAULT', 'rate'), c.getboolean('pump', 'enabled'))
print(dict(c['pump']), list(c), c.items('pump'), repr(c['pump']['list']), repr(c['pump']['empty']), c['tank one']['volume'], len(c), 'pump' in c, 'nope' in c['pump'])
print(c.get('pump', 'nope', fallback=3), c['pump'].get('nope'), c['pump'].getint('nope', 7), c.options('pump'), c.has_option('pump', 'RATE'), c['pump'], c.get('pump', 'name', raw=True), c.get('pump','name',vars={'base':'x'}))
for f in [lambda: c.get('nope', 'x'), lambda: c.get('pump', 'x'), lambda: c['nope'], lambda: c['pump']['x'], lambda: c.getint('pump', 'name'), lambda: c.getboolean('pump', 'flow'), lambda: configparser.ConfigParser().read_string('a=1'), lambda: configparser.ConfigParser().read_string('[a]\nb'), lambda: configparser.ConfigParser().read_string('[a]\n[a]'), lambda: configparser.ConfigParser().read_string('[a]\nb=1\nB=2'), lambda: c.add_section('pump'), lambda: c.set('pump', 'x', 3)]:
    try: print(f())
    except Exception as e: print(type(e).__name__, repr(str(e)))
d = configparser.ConfigParser(); d.read_string('[a]\nx=%(y)s\nz=%w\nr=%(r)s\nok=5%%')
for k in ['x', 'z', 'r', 'ok']:
    try: print(d.get('a', k))
    except Exception as e: print(type(e).__name__, e)
e = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation()); e.read_string('[a]\nx=1\n[b]\ny=${a:x}2\nz=${y}3\nm=$$')
print(dict(e['b']))
r = configparser.RawConfigParser(allow_no_value=True); r.read_string('[a]\nflag\nb=%x'); print(dict(r['a']), r.items('a'))
i = configparser.ConfigParser(inline_comment_prefixes=('#',), delimiters=('=',)); i.read_string('[a]\nx = 1 # c\ny:z = 2'); print(dict(i['a']))
out = io.StringIO(); c.write(out); print(out.getvalue())
c['new'] = {'a': '1', 'b': '2'}; c.set('new', 'c', '3'); c.remove_option('new', 'a'); print(dict(c['new']), c.remove_section('new'), c.sections())
print(configparser.ConfigParser({'k': 'v'}).defaults(), {s: dict(c.items(s)) for s in c.sections()})


class Lists(configparser.ConfigParser):
    def getnumbers(self, section, option, *, sep=',', **kw):
        return [float(n) for n in self.get(section, option, **kw).split(sep)]


from decimal import Decimal
k = Lists(converters={'decimal': Decimal, 'list': lambda s: [p.strip() for p in s.split(',')]})
k.read_string('[a]\nx = 1.50\ny = 1, 2,3\nz = %(x)s;2')
a = k['a']
print(k.getdecimal('a', 'x'), a.getdecimal('x'), a.getlist('y'), k.getlist('a', 'q', fallback='none'), a.getlist('q'), a.getlist('q', 'no'))
print(k.getnumbers('a', 'y'), a.getnumbers('y'), a.getnumbers('z', sep=';'), a.getint('q', 3))
for body in (lambda: k.getlist('b', 'x'), lambda: k.getlist('a', 'q'), lambda: a.getnothing('x'), lambda: k.getnothing('a', 'x'), lambda: a.getdecimal('y')):
    try:
        print(body())
    except Exception as error:
        print(type(error).__name__, error)
