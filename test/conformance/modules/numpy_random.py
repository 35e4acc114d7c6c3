# Seeded numbers of both of numpy's streams, to the last digit.
import numpy as np

DRAWS = [('normal', 1, 2, 4), ('standard_normal', 3), ('exponential', 2, 3), ('gamma', 2.5, 2, 3), ('gamma', 0.5, 1, 3), ('standard_gamma', 1, 2), ('chisquare', 3, 3),
         ('beta', 2, 3, 3), ('beta', 0.5, 0.4, 3), ('f', 3, 4, 2), ('standard_t', 5, 3), ('standard_cauchy', 2), ('triangular', 0, 1, 3, 3), ('laplace', 0, 1, 3),
         ('gumbel', 1, 2, 3), ('logistic', 0, 1, 3), ('rayleigh', 2, 3), ('weibull', 1.5, 3), ('pareto', 3, 3), ('power', 2, 3), ('poisson', 2, 4), ('poisson', 40, 4),
         ('binomial', 10, 0.3, 4), ('binomial', 20, 0.8, 4), ('geometric', 0.5, 4), ('geometric', 0.1, 4), ('lognormal', 0, 1, 2), ('uniform', 1, 5, 3)]
for make in (np.random.default_rng, np.random.RandomState):
    for seed in (0, 42, 2024):
        stream = make(seed)
        for name, *parameters in DRAWS:
            print(name, getattr(stream, name)(*parameters).tolist())
stream = np.random.default_rng(7)
print(stream.gamma(2), stream.poisson(3), stream.beta(1, [2, 3]).tolist(), stream.normal([1, 2], 1).tolist())
for body in (lambda: stream.uniform(2, 1), lambda: stream.poisson(-1), lambda: stream.binomial(5, 2), lambda: stream.triangular(0, 5, 3)):
    try:
        print(body())
    except ValueError as error:
        print(error)
for make in (np.random.default_rng, np.random.RandomState):
    for seed in (0, 42, 2024):
        stream = make(seed)
        for alpha in ([1, 2, 3], [0.5, 0.5], [0.05, 0.02, 0.01], [10], [0.09, 0.03], np.array([0.04, 0.06, 0.09]), []):
            for size in (None, 2, (1, 2), 0):
                print('dirichlet', stream.dirichlet(alpha, size).tolist())
stream = np.random.default_rng(7)
print(stream.beta(1e-110, 2e-110, 6).tolist(), stream.dirichlet([1e-110, 1e-110, 2e-110], 3).tolist())
print(stream.dirichlet([1, 0, 2]).tolist(), stream.dirichlet([0.05, 0, 0.01, 0, 0], 2).tolist(), stream.dirichlet([0.0, 0.0]).tolist())
for alpha in ([-1, 2], [[1, 2]], 3, None):
    for body in (stream, np.random.RandomState(1)):
        try:
            print(body.dirichlet(alpha))
        except (TypeError, ValueError) as error:
            print(error)
try:
    print(np.random.RandomState(1).dirichlet([0, 1]))
except ValueError as error:
    print(error)
np.random.seed(3)
print(np.random.dirichlet((2, 3), size=2).tolist(), np.random.rand())
