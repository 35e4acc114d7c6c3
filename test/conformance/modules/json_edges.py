# Options of json, hooks, and where texts go wrong.
import json
from decimal import Decimal


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


class Point:
    def __init__(self, x):
        self.x = x


class Encoder(json.JSONEncoder):
    def default(self, o):
        return {'x': o.x} if isinstance(o, Point) else super().default(o)


class Decoder(json.JSONDecoder):
    def decode(self, s):
        return ['decoded', super().decode(s)]


data = {'k': [1, 2.5, None, True], 'é€😀': {'n': float('inf'), '': []}, 3: (), 'q"\\\n\x1f': -0.0}
for options in ({}, {'indent': 2}, {'indent': -1}, {'indent': '--', 'separators': (';', '=')}, {'ensure_ascii': False}, {'separators': (',', ':')}, {'allow_nan': False}, {'sort_keys': True}, {'other': 1}):
    attempt(lambda: json.dumps(data, **options))
for body in (lambda: json.dumps(Point(3), cls=Encoder), lambda: json.dumps([Decimal(1)], cls=Encoder), lambda: json.dumps(Decimal(1)), lambda: json.dumps(Decimal(1), default=str, cls=Encoder),
             lambda: json.dumps({(1, 2): 3}), lambda: json.dumps({(1, 2): 3, 'a': 1}, skipkeys=True), lambda: json.loads('[1]', cls=Decoder), lambda: Encoder(indent=1).encode([Point(1)]),
             lambda: json.JSONDecoder().raw_decode('[1, "😀"] rest'), lambda: json.loads('{"a": 1.5, "b": [2, NaN]}', parse_float=Decimal, parse_int=str, parse_constant=repr),
             lambda: json.loads('{"a": 1, "a": 2}', object_pairs_hook=list), lambda: json.loads('[{"a": 1}]', object_hook=sorted), lambda: json.loads('"\t"'), lambda: json.loads('"\t"', strict=False)):
    attempt(body)
for text in ('', ' ', '{', '[1,]', '{"a" 1}', '{"a": 1,}', '{a: 1}', '[1 2]', '"abc', '"\\x"', '"\\u12g4"', '["😀", x]', '{"a":\n [1,\n tru]}', '1 2', '01', '-', '1.', '\ufeff1', 'nul', '"\\ud83d\\ude00"', '1e400', '[1e5, -0, 0.10]'):
    attempt(lambda: json.loads(text))
try:
    json.loads('{"é😀": [1,\n2,, 3]}')
except json.JSONDecodeError as error:
    print(error.msg, error.pos, error.lineno, error.colno, len(error.doc))
