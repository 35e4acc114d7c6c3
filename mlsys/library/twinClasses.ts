/** The classes of twins in Python, module by module; dataclasses make their constructors, equality and repr. */

const CHECKS = `
def _require(self, field, unit, positive=True):
    value = getattr(self, field)
    wanted = ureg.Unit(unit)
    if not value.is_compatible_with(wanted):
        raise pint.DimensionalityError(value.units, wanted, extra_msg=f" ({self.name}.{field})")
    if positive and value.magnitude <= 0:
        raise ValueError(f"{self.name}.{field} must be positive, got {value}")

def _times(value, factor):
    return value * factor if value else None
`;

/** Python source of each module. */
export const TWIN_SOURCES: ReadonlyMap<string, string> = new Map([
  [
    'mlsys.hardware',
    `${CHECKS}
@dataclass(frozen=True)
class HardwareSpec:
    name: str
    release_year: int
    memory_bw: object
    peak_flops: object
    memory_capacity: object
    tdp: object = None
    battery_capacity: object = None
    dispatch_tax: object = 0.01 * ureg.millisecond
    peak_flops_fp32: object = None
    tf32_flops: object = None
    fp8_flops: object = None
    int8_flops: object = None

    def __post_init__(self):
        _require(self, "memory_bw", "byte / second")
        _require(self, "peak_flops", "flop / second")
        _require(self, "memory_capacity", "byte")
        _require(self, "dispatch_tax", "second")
        if self.tdp:
            _require(self, "tdp", "watt")
        if self.battery_capacity:
            _require(self, "battery_capacity", "joule")

    def ridge_point(self):
        return (self.peak_flops / self.memory_bw).to("flop/byte")

    def __repr__(self):
        return f"Hardware({self.name}, {self.release_year})"

@dataclass(frozen=True)
class NetworkSpec:
    name: str
    bandwidth: object
`,
  ],
  [
    'mlsys.models',
    `${CHECKS}
@dataclass(frozen=True)
class ModelSpec:
    name: str
    parameters: object
    architecture: str
    layers: object = None
    inference_flops: object = None
    training_ops: object = None
    training_gpu_days: object = None
    model_size: object = None

    def __post_init__(self):
        if self.parameters is not None:
            _require(self, "parameters", "count")
        if self.inference_flops is not None:
            _require(self, "inference_flops", "flop", positive=False)
        if self.training_ops is not None:
            _require(self, "training_ops", "flop", positive=False)
        if self.model_size is not None:
            _require(self, "model_size", "byte", positive=False)

    def size_in_bytes(self, precision=BYTES_FP16):
        if self.model_size:
            return self.model_size
        count = self.parameters.to(ureg.count).magnitude
        return (count * precision.to(ureg.byte).magnitude * ureg.byte).to(ureg.byte)

    def __repr__(self):
        return f"Model({self.name}, {self.architecture})"
`,
  ],
  [
    'mlsys.deployment',
    `
@dataclass(frozen=True)
class DeploymentTier:
    name: str
    ram: object
    storage: object
    typical_latency_budget: object
`,
  ],
  [
    'mlsys.systems',
    `
@dataclass(frozen=True)
class SystemArchetype:
    name: str
    hardware: object
    tier: object
    network_bw: object
    power_budget: object

    @property
    def ram(self):
        return self.hardware.memory_capacity

    @property
    def peak_flops(self):
        return self.hardware.peak_flops

    @property
    def memory_bw(self):
        return self.hardware.memory_bw
`,
  ],
  [
    'mlsys.clusters',
    `${CHECKS}
@dataclass(frozen=True)
class NodeSpec:
    name: str
    accelerator: object
    accelerators_per_node: int
    intra_node_bw: object
    nics_per_node: int = 1
    psus_per_node: int = 2

    @property
    def node_peak_flops(self):
        return self.accelerator.peak_flops * self.accelerators_per_node

    @property
    def node_memory_capacity(self):
        return self.accelerator.memory_capacity * self.accelerators_per_node

    @property
    def node_tdp(self):
        return _times(self.accelerator.tdp, self.accelerators_per_node)

    @property
    def node_mtbf(self):
        rate = (
            self.accelerators_per_node / (GPU_MTTF_HOURS * ureg.hour)
            + self.nics_per_node / (NIC_MTTF_HOURS * ureg.hour)
            + self.psus_per_node / (PSU_MTTF_HOURS * ureg.hour)
        )
        return (1.0 / rate).to(ureg.hour)

    def __repr__(self):
        return f"Node({self.name}, {self.accelerators_per_node}× {self.accelerator.name})"

@dataclass(frozen=True)
class ClusterSpec:
    name: str
    node: object
    n_nodes: int
    fabric: object
    mfu: float = MFU_TRAINING_HIGH
    scaling_eff: float = SCALING_EFF_1024GPU
    goodput: float = 1.0 - OVERHEAD_FAILURE_RECOVERY - OVERHEAD_CHECKPOINT

    @property
    def total_gpus(self):
        return self.n_nodes * self.node.accelerators_per_node

    @property
    def peak_flops(self):
        return self.node.node_peak_flops * self.n_nodes

    @property
    def aggregate_memory_bw(self):
        return self.node.accelerator.memory_bw * self.total_gpus

    @property
    def total_memory_capacity(self):
        return self.node.node_memory_capacity * self.n_nodes

    @property
    def total_tdp(self):
        return _times(self.node.node_tdp, self.n_nodes)

    @property
    def cluster_mtbf(self):
        return calc_mtbf_cluster(self.node.node_mtbf, self.n_nodes)

    @property
    def cluster_mtbf_days(self):
        return self.cluster_mtbf.m_as(ureg.day)

    @property
    def effective_flops(self):
        return calc_effective_flops(self.peak_flops, self.mfu, self.scaling_eff, self.goodput)

    @property
    def peak_flops_pflops(self):
        return self.peak_flops.m_as(ureg.petaflop / ureg.second)

    @property
    def effective_flops_pflops(self):
        return self.effective_flops.m_as(ureg.petaflop / ureg.second)

    def __repr__(self):
        return f"Cluster({self.name}, {self.total_gpus} GPUs, {self.peak_flops_pflops:.0f} PFLOPs peak)"
`,
  ],
  [
    'mlsys.datacenters',
    `
@dataclass(frozen=True)
class GridProfile:
    name: str
    carbon_intensity_g_kwh: float
    pue: float
    wue: float
    primary_source: str

    @property
    def carbon_intensity_kg_kwh(self):
        return self.carbon_intensity_g_kwh / 1000.0

    def carbon_kg(self, energy_kwh):
        return energy_kwh * self.pue * self.carbon_intensity_kg_kwh

    def carbon_tonnes(self, energy_kwh):
        return self.carbon_kg(energy_kwh) / 1000.0

    def intensity_ratio_vs(self, other):
        return self.carbon_intensity_g_kwh / other.carbon_intensity_g_kwh

    def __repr__(self):
        return f"Grid({self.name}, {self.carbon_intensity_g_kwh} gCO₂/kWh, PUE {self.pue})"

@dataclass(frozen=True)
class RackProfile:
    name: str
    power_kw: float
    cooling_type: str

    @property
    def air_cooled(self):
        return self.power_kw <= AIR_COOLING_LIMIT_KW

    def __repr__(self):
        return f"Rack({self.name}, {self.power_kw} kW, {self.cooling_type})"
`,
  ],
  [
    'mlsys.scenarios',
    `
@dataclass(frozen=True)
class ApplicationScenario:
    name: str
    system: object
    model: object
    mission_goal: str
    critical_constraint: str
    latency_slo: object = None
    accuracy_target: object = None

    @property
    def hardware(self):
        return self.system.hardware

    @property
    def tier(self):
        return self.system.tier

    def __repr__(self):
        return f"Scenario({self.name})"

@dataclass(frozen=True)
class ClusterScenario:
    name: str
    cluster: object
    model: object
    mission_goal: str
    critical_constraint: str
    latency_slo: object = None
    accuracy_target: object = None

    @property
    def hardware(self):
        return self.cluster.node.accelerator

    @property
    def total_gpus(self):
        return self.cluster.total_gpus

    def __repr__(self):
        return f"ClusterScenario({self.name}, {self.total_gpus} GPUs)"
`,
  ],
  [
    'mlsys.engine',
    `
@dataclass(frozen=True)
class PerformanceProfile:
    latency: object
    latency_compute: object
    latency_memory: object
    latency_overhead: object
    throughput: object
    bottleneck: str
    arithmetic_intensity: object
    energy: object
    memory_footprint: object
    peak_flops_actual: object
    peak_bw_actual: object
    feasible: bool

class Engine:
    @staticmethod
    def solve(model, system, batch_size=1, precision="fp16", efficiency=0.5):
        device = system.hardware
        if precision == "fp32":
            width, special = BYTES_FP32, device.peak_flops_fp32
        elif precision == "int8":
            width, special = BYTES_INT8, device.int8_flops
        else:
            width, special = BYTES_FP16, None
        peak = (special or device.peak_flops) * efficiency
        per_item = model.inference_flops or 2 * model.parameters.to(ureg.count).magnitude * ureg.flop
        footprint = model.size_in_bytes(width)
        roofline = calc_bottleneck(per_item * batch_size, footprint, peak, device.memory_bw)
        compute = roofline["compute_ms"] * ureg.ms
        memory = roofline["memory_ms"] * ureg.ms
        latency = max(compute, memory) + device.dispatch_tax
        return PerformanceProfile(
            latency=latency,
            latency_compute=compute,
            latency_memory=memory,
            latency_overhead=device.dispatch_tax,
            throughput=(batch_size / latency).to(1 / ureg.second),
            bottleneck=roofline["bottleneck"],
            arithmetic_intensity=roofline["intensity"] * (ureg.flop / ureg.byte),
            energy=(device.tdp * latency).to(ureg.joule) if device.tdp else 0 * ureg.joule,
            memory_footprint=footprint,
            peak_flops_actual=peak,
            peak_bw_actual=device.memory_bw,
            feasible=footprint <= system.ram,
        )
`,
  ],
]);
