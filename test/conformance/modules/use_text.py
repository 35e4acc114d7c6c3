import json, string, textwrap, contextlib, types
print(json.dumps({'a':[1,2.5,None,True,'é\n'],'b':(1,)}), json.dumps({'b':1,'a':[]},indent=2,sort_keys=True), json.loads('{"a":[1,2.0,"x\\u00e9"],"b":null}'))
try: json.loads('{"a":}')
except json.JSONDecodeError as e: print(e)
try: json.dumps({1,2})
except TypeError as e: print(e)
print(string.ascii_letters, string.Template('$a ${b} $$').substitute(a=1,b=2), repr(string.punctuation), string.capwords('a bc'))
s='The quick brown fox jumped over the lazy dog-house and so on, really-long-hyphenated words.'
print(textwrap.wrap(s,20)); print(textwrap.fill(s,30,initial_indent='* ',subsequent_indent='  ')); print(textwrap.shorten(s,30)); print(repr(textwrap.dedent('  a\n   b\n\n  c'))); print(textwrap.indent('a\nb','> '))
@contextlib.contextmanager
def cm(x):
    print('in'); 
    try: yield x
    finally: print('out')
with cm(3) as v: print(v)
with contextlib.suppress(ValueError): int('x')
with contextlib.ExitStack() as st: st.enter_context(cm(1)); st.callback(print,'cb')
print(types.SimpleNamespace(a=1,b='x'), types.SimpleNamespace(a=1)==types.SimpleNamespace(a=1))
print('%.23e' % 1e23, '%.30f' % 0.1)
