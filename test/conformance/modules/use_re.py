import re
def t(f):
    try: print(f())
    except re.error as e: print('error', e)
    except Exception as e: print(type(e).__name__, e)
cases=[(r'a+b','xaab'),(r'(a)(b)?','ac'),(r'(?P<x>\d+)-(?P<y>\w+)','12-ab 3-c'),(r'^\s*(\w+)\s*=\s*(.*?)\s*$',' key = value  '),(r'(a|ab)(c|bcd)(d*)','abcd'),(r'(?i)HeLLo','hello'),(r'\bfoo\b','a foo b'),(r'(?<=a)b','ab'),(r'(?<!a)b','cb'),(r'a{2,3}','aaaa'),(r'a{2,3}?','aaaa'),(r'(ab)*','ababab'),(r'(a*)*','aaa'),(r'(?:a|b)+?c','abac'),(r'(\w)\1','hello'),(r'(?P<q>[\'"]).*?(?P=q)','say "hi" x'),(r'(a)?(?(1)b|c)','ab'),(r'(a)?(?(1)b|c)','c'),(r'x*','axb'),(r'[^\W\d_]+','ab12_é'),(r'[\d\-x]+','1-x'),(r'(?>a+)b','aab'),(r'a++b','aab'),(r'a*+a','aaa'),(r'(?s).+','a\nb'),(r'(?m)^\w$','a\nb'),(r'\Aab\Z','ab'),(r'(?x) a b # c','ab'),(r'[a-z]+(?=\d)','abc1'),(r'(?!a)\w','ab'),(r'\d+\.\d*([eE][-+]?\d+)?','1.5e-3'),(r'😀+','a😀😀'),(r'(?a:\w+)','éa'),(r'(a)|b','b'),(r'()','x'),(r'(\d{1,3})(?:,(\d{3}))*','1,234,567'),(r'(.+?)(\d+)$','abc123'),(r'((a)|(b))+','ab'),(r'[]a]+',']a'),(r'a|b|','c'),(r'\x41\u0042\103','ABC'),(r'(?i:a)B','AB'),(r'.*?(?=x)','aax'),(r'(?:(a)|b)*','ab')]
for p,s in cases:
    for fn in ('match','search','fullmatch'):
        def f():
            m=getattr(re,fn)(p,s)
            return m and (m.span(), m.groups(), m.groupdict(), m.lastindex, m.lastgroup)
        t(f)
    t(lambda: re.findall(p,s)); t(lambda: re.split(p,s)); t(lambda: re.sub(p,'-',s)); t(lambda: re.sub(p,r'<\g<0>>',s)); t(lambda:[m.span() for m in re.finditer(p,s)])
for p in ['(','[','*a','a**','a)','(?P<a>x)(?P<a>y)','\\q','(?P=z)','[z-a]','(?<=a*)b','a{3,2}','(?z)','\\','(?P<1>a)','\\2','(?','(?<','a(?i)b','[\\','(?P','x{1}{2}','(?P<a','(?#','+']:
    t(lambda: re.compile(p))
t(lambda: re.compile('a(b)',re.I|re.M)); t(lambda: re.I); t(lambda: re.match('a','abc')); t(lambda: re.I|re.M)
t(lambda: re.sub(r'(\w+) (\w+)', r'\2 \1', 'hello world')); t(lambda: re.sub('a','\\q','a')); t(lambda: re.sub('a',r'\g<x>','a')); t(lambda: re.sub('a',r'\3','a'))
t(lambda: re.sub('a',lambda m:m.group().upper(),'banana',count=2)); t(lambda: re.subn('a','b','aaa')); t(lambda: re.escape('a.b*c d')); t(lambda: re.split(r'(,)\s*','a, b,c',maxsplit=1))
p=re.compile(r'(?P<n>\d+)'); t(lambda:(p.pattern,p.groups,dict(p.groupindex),p.flags)); m=p.search('ab12'); t(lambda:(m['n'],m.start(),m.end('n'),m.string,m.re is p,m.expand(r'[\g<n>]')))
t(lambda: m.group(3)); t(lambda: re.match(1,'a')); t(lambda: re.match('a',1)); t(lambda: p.match('a12',1).span()); t(lambda:re.fullmatch('a|ab','ab').group())
t(lambda: re.findall(r'(?:\s|^)#(\w+)','#a b #c'))
t(lambda: len(re.findall(r'(?:a|b)*c','ab'*2000+'c')))
