"""Data classes of the standard library as types of fields."""
from dataclasses import dataclass, field
from pydantic import BaseModel, ValidationError
@dataclass
class P:
    x: int
    y: list[int] = field(default_factory=list)
    z: float = 1.0
    def __post_init__(self):
        self.w = self.x
class M(BaseModel):
    p: P
    q: P | None = None
print(M(p=P(1)), M(p={'x': '3', 'y': ('1',)}), M(p={'x': 1}).p.w)
for d in ({'p': 3}, {'p': {'y': ['a']}}, {'p': P(1), 'q': [1]}):
    try: print(M(**d))
    except ValidationError as e: print(e)
print(M(p=P(1, [2])).model_dump(), M(p=P(1, [2])).model_dump_json(), M.model_fields)
