import random
random.seed(42)
print([random.random() for _ in range(3)], random.randint(1,100), random.gauss(0,1), random.gauss(0,1), random.choice('abc'), random.sample(range(100),5), random.choices([1,2,3],k=4), random.uniform(1,2), random.normalvariate(0,1))
l=list(range(10)); random.shuffle(l); print(l, random.getrandbits(70), random.betavariate(2,3), random.expovariate(2), random.triangular(1,2,1.5), random.binomialvariate(20,.3))
r=random.Random('hello'); print(r.random(), r.randrange(0,100,7))
r=random.Random(1.5); print(r.random()); random.seed(-5); print(random.random()); random.seed(10**50); print(random.random())
st=random.getstate(); a=random.random(); random.setstate(st); print(a==random.random())
import heapq, bisect
h=[5,3,8,1]; heapq.heapify(h); print(h, heapq.heappop(h), h, heapq.nlargest(2,h), list(heapq.merge([1,4],[2,3])))
print(bisect.bisect([1,2,2,3],2), bisect.bisect_left([1,2,2,3],2)); l=[1,3]; bisect.insort(l,2); print(l)
import numbers
print(isinstance(1,numbers.Integral), isinstance(1.5,numbers.Real), isinstance(True,numbers.Number))
