"""The OCR engines: one literal table, so that a name in the settings is all it takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from archiver.core.errors import N_, EngineError

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine that runs the recogniser's models.

    Attributes:
        name: as in `vault.toml`, and the module it needs.
        bounded: whether its address space can be limited; openvino reserves several times what
            it uses.
        settings: of the recogniser for this engine. One thread each: pages are spread over
            processes instead, which wait for nobody.
        environment: variables of its processes.
    """

    name: str
    bounded: bool
    settings: Mapping[str, object]
    environment: Mapping[str, str] = field(default_factory=dict)


ENGINES = {
    engine.name: engine
    for engine in (
        Engine(
            "onnxruntime",
            bounded=True,
            settings={
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
            },
            # It asks for buffers of 20 MB a hundred times a page, and glibc would map and clear
            # fresh memory for each. Kept in the heap they cost a sixth less time. And it would
            # tell its makers about itself.
            environment={
                "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
                "MALLOC_TRIM_THRESHOLD_": str(1 << 30),
                "ORT_DISABLE_TELEMETRY": "1",
            },
        ),
        Engine(
            "openvino",
            bounded=False,
            settings={
                "EngineConfig.openvino.inference_num_threads": 1,
                # Pinned, every process would take the same core.
                "EngineConfig.openvino.enable_cpu_pinning": False,
            },
        ),
    )
}


def chosen(name: str) -> Engine:
    """The engine of that name; `auto` is openvino where it is installed and pays.

    Raises:
        EngineError: nobody knows it, or it is not installed.
    """
    if name == AUTO:
        name = "openvino" if find_spec("openvino") and has_bf16() else "onnxruntime"
    engine = ENGINES.get(name)
    if engine is None:
        raise EngineError(
            N_("unknown OCR engine {engine}"),
            hint=N_("vault.toml, key reading.engine: one of {known}"),
            engine=name,
            known=", ".join([AUTO, *ENGINES]),
        )
    if find_spec(name) is None:
        raise EngineError(
            N_("the OCR engine {engine} is not installed"),
            hint=N_("install it with: pip install {engine}"),
            engine=name,
        )
    return engine


def has_bf16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether this processor multiplies bfloat16: only there openvino is the faster engine."""
    try:
        flags = set(cpuinfo.read_text(encoding="ascii", errors="replace").split())
    except OSError:
        return False
    return bool(flags & {"amx_bf16", "avx512_bf16"})
