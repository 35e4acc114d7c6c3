from decimal import *
D=Decimal
print(D('1.10')+D('2.2'), D(1)/D(3), D('0.1')*3, D(2).sqrt(), D('1e-10'), D('123456789.123456789')*D('1e20'), D(0.1), repr(D('1.50')))
print(D('1.25').quantize(D('0.1')), D('1.35').quantize(D('0.1'),rounding=ROUND_DOWN), D('2.5').to_integral_value(), round(D('2.675'),2), int(D('3.9')), float(D('1.1')), D('7')//2, D(7)%3, D(-7)%3, divmod(D(7),2))
print(f"{D('1234567.891'):,.2f} {D('0.000012'):e} {D('1.5'):>10} {D('0.25'):.1%} {D('1E+3')} {D('1E+3'):f} {D('12.3456'):.3g}")
print(D('1')==1, D('1.0')==1.0, D('0.1')==0.1, hash(D('1.0'))==hash(1), hash(D('0.5'))==hash(0.5), D('1')<2.5, sorted([D(3),D(1)]), sum([D('0.1')]*10), max(D(1),D(2)))
print(D(2)**10, D(2)**-2, D('1.1')**D('2.5'), D(1).exp(), D(10).ln(), D(1000).log10(), D('2').log10())
for f in (lambda:D(1)/0, lambda:D('x'), lambda:D(0)/0, lambda:D('1')+1.5, lambda:D('sNaN')+1, lambda: D(-1).sqrt()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(D('Infinity'), -D('inf'), D('nan'), D('-0'), abs(D('-1.5')), -D('1.5'), D('1.500').normalize(), D('100').normalize(), D('1.5').as_tuple(), D('1.5').as_integer_ratio())
with localcontext() as c:
    c.prec=5; print(D(1)/3)
print(getcontext().prec, D(1)/7)
getcontext().prec=6; print(D(1)/7)
import statistics as st
d=[1,2,3,4,5.5]
print(st.mean(d), st.median(d), st.stdev(d), st.pstdev(d), st.variance(d), st.mode([1,1,2]), st.quantiles(d,n=4), st.fmean(d), st.geometric_mean(d), st.harmonic_mean(d), st.mean([1,2,3]), st.mean([1,2]), st.linear_regression([1,2,3],[2,4,6.5]), st.correlation([1,2,3],[1,3,2]), st.NormalDist(0,1).cdf(1.96), st.NormalDist(100,15).inv_cdf(.9), st.pvariance([1,2,3]), st.multimode('aabb'), st.median_grouped([1,2,2,3]), st.variance([2,4]), st.covariance([1,2,3],[4,5,7]))
try: st.mean([])
except st.StatisticsError as e: print(e)
from fractions import Fraction as F
print(F(1,3)+F(1,6), F('0.125'), F(0.5), F('3/4')*2, F(7,2)//1, F(1,3)<0.5, repr(F(2,4)), F(1,2)**2, F(1,2)**-2, float(F(1,3)), round(F(7,2)), hash(F(1,2))==hash(0.5), F(3.14159).limit_denominator(100), f'{F(1,3):.3f}', F(1,2)+0.5, 2/F(1,3), sum([F(1,3)]*3))
try: F(1,0)
except ZeroDivisionError as e: print(e)
