# What is wrong with a pattern or a template, and where.
import re

for pattern in r'''a** a+?? (?i)* ^* (?:a*)* (?:^)* (?:)* a(?#c)* (?#c)* \Z? (a)(?#c){2}b x{3,1} {2} a{,2} a{ a{x} (?P<1>a) (?P<a>x)(?P<a>y) (?P=a) (?P=1) (?(a)b) (?(?)b) (?(1)a|b|c)
    (?(9)a) (a\1) (?P<n>a(?P=n)) \1 (a)\2 (?<=a+)b (?<=a|bc) (?<=a+)* (?P*a) (?\q) (?<a) (?z) (?-) (?-i) (?i-) (?-iz:a) (?i a(?i) (?) ( ) (a [a [z-a] [\d-x] [a-\d] \ \q \x1 \u12 \400 \8 \N \U00110000
    (?a:b(?-i:c)) a++b a{1,2}+ a?+? (?>a*)+'''.split():
    try:
        print(repr(pattern), re.compile(pattern).groups)
    except re.error as error:
        print(repr(pattern), error, error.pos)
for template in (r'\g<', r'\g<1', r'\g<>', r'\g<x>', r'\g<1a>', r'\2', r'\q', '\\', r'\g', r'[\g<1>\1\n\0\101\\]'):
    try:
        print(repr(template), repr(re.sub('(a)', template, 'cab')))
    except (re.error, IndexError) as error:
        print(repr(template), type(error).__name__, error)
print(re.findall(r'\B', ''), re.findall(r'\B', 'ab'), re.findall(r'\b', ''), re.NOFLAG, re.I | re.M, re.match(r'(?x) a (?#note) {2} b', 'aab'))
