import tomllib, decimal
T = r'''
# comment
title = "TOML \u00e9 \"q\""
int = 1_000
neg = -17
plus = +5
hex = 0xDEAD_beef
oct = 0o17
bin = 0b101
f1 = 3.14
f2 = 1e3
f3 = 6.26e-34
f4 = -0.0
f5 = 1_0.5_0
i1 = inf
i2 = -inf
b = true
c = false
d1 = 1979-05-27
d2 = 1979-05-27T07:32:00
d3 = 1979-05-27 07:32:00.999999Z
d4 = 1979-05-27T00:32:00-07:00
t1 = 07:32:00.5
lit = 'C:\no\escape'
ml = """
first
second \
   joined "" quote"""
mll = '''+"'''"+r'''
raw \n
'''+"'''"+r'''
arr = [1, 2, [3, "x"], ] # trailing
arr2 = [
  1, # one
  2
]
inline = {a = 1, b.c = 2, "q r" = {}}
a.b.c = 1
a.b.d = 2
"quoted.key" = 1
3.14159 = "pi"

[table]
x = 1
[table.sub]
y = 2
[[aot]]
n = 1
[[aot]]
n = 2
[aot.sub]
z = 3
[[aot.inner]]
k = 1
[ spaced . "key" ]
v = 1
[x.y.z]
[x]
w = 1
'''
d = tomllib.loads(T)
for k, v in d.items(): print(k, repr(v))
print(tomllib.loads('a = 1.10', parse_float=decimal.Decimal), tomllib.loads(''), tomllib.loads('a="""\n\n""""\n') if False else '')
