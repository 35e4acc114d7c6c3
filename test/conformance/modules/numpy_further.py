"""Less common functions of numpy."""
import numpy as np
A=np.array([[4.,-2,1],[-2,4,-2],[1,-2,4]]); b=np.array([11,-16,17]); I=np.arange(24).reshape(2,3,4)
try:
    v = np.einsum('ij,j->i',A,b); print("np.einsum('ij,j->i',A,b)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ij,j->i',A,b)", type(x).__name__)
try:
    v = np.einsum('ii',A); print("np.einsum('ii',A)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ii',A)", type(x).__name__)
try:
    v = np.einsum('ij,jk->ik',A,A); print("np.einsum('ij,jk->ik',A,A)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ij,jk->ik',A,A)", type(x).__name__)
try:
    v = np.einsum('ij->ji',A); print("np.einsum('ij->ji',A)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ij->ji',A)", type(x).__name__)
try:
    v = np.einsum('i,j->ij',b,b); print("np.einsum('i,j->ij',b,b)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('i,j->ij',b,b)", type(x).__name__)
try:
    v = np.einsum('ij,ij',A,A); print("np.einsum('ij,ij',A,A)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ij,ij',A,A)", type(x).__name__)
try:
    v = np.einsum('ijk->k',I); print("np.einsum('ijk->k',I)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ijk->k',I)", type(x).__name__)
try:
    v = np.einsum('ii->i',A); print("np.einsum('ii->i',A)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ii->i',A)", type(x).__name__)
try:
    v = np.einsum('ijk,jl->ikl',I,A); print("np.einsum('ijk,jl->ikl',I,A)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ijk,jl->ikl',I,A)", type(x).__name__)
try:
    v = np.einsum('i,i->',b,b); print("np.einsum('i,i->',b,b)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('i,i->',b,b)", type(x).__name__)
try:
    v = np.einsum('ba',np.arange(6).reshape(2,3)); print("np.einsum('ba',np.arange(6).reshape(2,3))", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ba',np.arange(6).reshape(2,3))", type(x).__name__)
try:
    v = np.einsum('ij,jk,kl->il',A,A,A); print("np.einsum('ij,jk,kl->il',A,A,A)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ij,jk,kl->il',A,A,A)", type(x).__name__)
try:
    v = np.einsum('ij,jk',A); print("np.einsum('ij,jk',A)", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ij,jk',A)", type(x).__name__)
try:
    v = np.ix_([0,1],[1,2]); print('np.ix_([0,1],[1,2])', repr(v), type(v).__name__)
except Exception as x: print('np.ix_([0,1],[1,2])', type(x).__name__)
try:
    v = A[np.ix_([0,2],[1,2])]; print('A[np.ix_([0,2],[1,2])]', repr(v), type(v).__name__)
except Exception as x: print('A[np.ix_([0,2],[1,2])]', type(x).__name__)
try:
    v = np.mgrid[0:2,0:3]; print('np.mgrid[0:2,0:3]', repr(v), type(v).__name__)
except Exception as x: print('np.mgrid[0:2,0:3]', type(x).__name__)
try:
    v = np.ogrid[0:2,0:3]; print('np.ogrid[0:2,0:3]', repr(v), type(v).__name__)
except Exception as x: print('np.ogrid[0:2,0:3]', type(x).__name__)
try:
    v = np.mgrid[0:3]; print('np.mgrid[0:3]', repr(v), type(v).__name__)
except Exception as x: print('np.mgrid[0:3]', type(x).__name__)
try:
    v = np.mgrid[0:1:3j,0:1:2j]; print('np.mgrid[0:1:3j,0:1:2j]', repr(v), type(v).__name__)
except Exception as x: print('np.mgrid[0:1:3j,0:1:2j]', type(x).__name__)
try:
    v = np.triu_indices(3); print('np.triu_indices(3)', repr(v), type(v).__name__)
except Exception as x: print('np.triu_indices(3)', type(x).__name__)
try:
    v = np.triu_indices(3,1); print('np.triu_indices(3,1)', repr(v), type(v).__name__)
except Exception as x: print('np.triu_indices(3,1)', type(x).__name__)
try:
    v = A[np.tril_indices(3,-1)]; print('A[np.tril_indices(3,-1)]', repr(v), type(v).__name__)
except Exception as x: print('A[np.tril_indices(3,-1)]', type(x).__name__)
try:
    v = np.diag_indices(3); print('np.diag_indices(3)', repr(v), type(v).__name__)
except Exception as x: print('np.diag_indices(3)', type(x).__name__)
try:
    v = np.binary_repr(5,8); print('np.binary_repr(5,8)', repr(v), type(v).__name__)
except Exception as x: print('np.binary_repr(5,8)', type(x).__name__)
try:
    v = np.nanargmax([1,np.nan,3]); print('np.nanargmax([1,np.nan,3])', repr(v), type(v).__name__)
except Exception as x: print('np.nanargmax([1,np.nan,3])', type(x).__name__)
try:
    v = np.nanargmin([[1,np.nan,3]]); print('np.nanargmin([[1,np.nan,3]])', repr(v), type(v).__name__)
except Exception as x: print('np.nanargmin([[1,np.nan,3]])', type(x).__name__)
try:
    v = np.percentile([1,4,2,8],30,method='hazen'); print("np.percentile([1,4,2,8],30,method='hazen')", repr(v), type(v).__name__)
except Exception as x: print("np.percentile([1,4,2,8],30,method='hazen')", type(x).__name__)
try:
    v = np.quantile([1.,4,2,8,3],[.1,.33,.9],method='weibull'); print("np.quantile([1.,4,2,8,3],[.1,.33,.9],method='weibull')", repr(v), type(v).__name__)
except Exception as x: print("np.quantile([1.,4,2,8,3],[.1,.33,.9],method='weibull')", type(x).__name__)
try:
    v = np.quantile([1.,4,2,8,3],.2,method='median_unbiased'); print("np.quantile([1.,4,2,8,3],.2,method='median_unbiased')", repr(v), type(v).__name__)
except Exception as x: print("np.quantile([1.,4,2,8,3],.2,method='median_unbiased')", type(x).__name__)
try:
    v = np.percentile([3,1,2],[10,95],method='normal_unbiased'); print("np.percentile([3,1,2],[10,95],method='normal_unbiased')", repr(v), type(v).__name__)
except Exception as x: print("np.percentile([3,1,2],[10,95],method='normal_unbiased')", type(x).__name__)
try:
    v = np.quantile([3,1,2.5],.4,method='interpolated_inverted_cdf'); print("np.quantile([3,1,2.5],.4,method='interpolated_inverted_cdf')", repr(v), type(v).__name__)
except Exception as x: print("np.quantile([3,1,2.5],.4,method='interpolated_inverted_cdf')", type(x).__name__)
try:
    v = np.get_printoptions(); print('np.get_printoptions()', repr(v), type(v).__name__)
except Exception as x: print('np.get_printoptions()', type(x).__name__)
try:
    v = np.einsum('ik,kj->ij',np.ones((2,3)),np.ones((4,2))); print("np.einsum('ik,kj->ij',np.ones((2,3)),np.ones((4,2)))", repr(v), type(v).__name__)
except Exception as x: print("np.einsum('ik,kj->ij',np.ones((2,3)),np.ones((4,2)))", type(x).__name__)
with np.printoptions(precision=2,suppress=True) as o: print(np.array([1/3,1e-9]), o['precision'])
print(np.array([1/3])); B=A.copy(); np.fill_diagonal(B,0); print(B)
try:
    with np.printoptions(precision=1): print(np.array([1/3])); 1/0
except ZeroDivisionError: print(np.array([1/3]))
