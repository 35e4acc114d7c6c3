"""Named tuples, typed dicts, secrets, sizes in bytes, URLs and JSON values as types of fields."""
from typing import NamedTuple, TypedDict, Required, NotRequired, Any
from pydantic import BaseModel, ValidationError, SecretStr, ByteSize, HttpUrl, JsonValue, AnyUrl
class P(NamedTuple):
    x: int
    y: float = 2.5
class T(TypedDict):
    a: int
    b: NotRequired[list[P]]
class M(BaseModel):
    p: P
    t: T | None = None
    s: SecretStr = SecretStr('q')
    z: ByteSize = ByteSize(3)
    u: HttpUrl | None = None
    j: JsonValue = None
def e(**k):
    try: return M(**k)
    except ValidationError as x: return x.errors(include_url=False, include_input=False)
m = M(p=['3'], t={'a': '1', 'b': [{'x': 1}], 'zz': 3}, z='1.5 GB', u='https://Example.com/a?b=1#c', j={'a': [1, None, 2.5, 'x', True]})
for part in (m, m.model_dump(), m.model_dump_json(), e(p=[1, 2, 3]), e(p={'y': 1, 'q': 1}), e(p=3), e(p=[1], t={}), e(p=[1], t=3), e(p=[1], s=3), e(p=[1], z='x'), e(p=[1], z='3 qb'), e(p=[1], u='ftp://a.b'), e(p=[1], u='abc'), e(p=[1], u=3), e(p=[1], j=[1, {'a': {1}}]), m.z.human_readable(), m.z.human_readable(decimal=True), m.z.to('MiB'), ByteSize(999).human_readable(), m.u.host, m.u.port, m.u.path, m.u.query, m.u.scheme, str(m.u), m.s.get_secret_value(), str(m.s), len(m.s), m.u == HttpUrl('https://example.com/a?b=1#c'), AnyUrl('http://a.de:8080')):
    print(part)
