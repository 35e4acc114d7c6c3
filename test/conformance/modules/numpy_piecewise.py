import numpy as np
x=np.arange(6.)
print(np.piecewise(x,[x<2,x>=4],[lambda v:-v, lambda v: v*v]), np.piecewise(x,[x<2],[lambda v:-v,5]), np.piecewise(np.arange(4),[np.arange(4)>1],[0.5,1.7]), np.piecewise(x,[x>1,x>3],[1,2,9]), np.piecewise(x, x>2, [lambda v,k: v*k, -1], 10))
try: np.piecewise(x,[x<2],[1,2,3])
except ValueError as e: print(e)
np.set_printoptions(formatter={'float': lambda v: f"{v:.1f}"}); print(x); np.set_printoptions(precision=3); print(x/7)
