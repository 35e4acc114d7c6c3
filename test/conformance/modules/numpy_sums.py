import numpy as np

for n in (7, 100, 129, 8192, 8193, 10003, 20001):
    a = np.arange(n) * 0.1 + 1 / 3
    print(n, repr(a.sum()), repr(a.mean()), repr(a.std()), repr(a.reshape(1, n).sum()))
r = np.array([((i * 7919) % 1000) / 997 for i in range(20001)])
print(repr(r.sum()), repr(r[::2].sum()), repr(np.average(r)), repr(r[:20000].reshape(200, 100).sum()))
single = r.astype(np.float32)
print(repr(single.sum()), repr(single.mean()), repr(single.std()), repr(r.astype(np.float16)[:300].sum()))
rows = r[:19998].reshape(3, 6666)
print(rows.sum(axis=1).tolist(), rows.sum(axis=0)[:3].tolist())
print(rows.astype(np.float32).sum(axis=1).tolist(), rows.astype(np.float32).sum(axis=0)[:3].tolist())
ones = np.zeros((2, 4096), dtype=np.float32)
ones[0, :] = 1.0
ones[1, :] = 0.1
print(repr(np.mean(ones)), repr(np.std(ones)), repr(np.var(ones)))
