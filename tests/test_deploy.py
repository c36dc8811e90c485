"""Where projects run: what compose.yaml, the proxy and the manifests say is true.

Each test looks at every combination that is deployed so, and fails once with all that it finds.

No container is started here; the servers and the proxy are, in test_serving.py.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import answers
import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml
from answers import ROWS
from combinations import Projects
from combinations import in_each
from copying import files
from remembered import Proofs
from remembered import digest

CLUSTER = "1.37"
PROOFS = Proofs(answers.KEPT)
KUBECTL = shutil.which("kubectl")
Documents = dict[str, list[dict[str, Any]]]


def deployed(where: str) -> list[str]:
    return [name for name, row in ROWS.items() if row.get("deploy") == where]


@cache
def parsed(text: str) -> list[Any]:
    """Parse each text once: most combinations have the same."""
    return list(yaml.load_all(text, Loader=yaml.CSafeLoader))


def named(example: str) -> set[str]:
    return set(re.findall(r"(?m)^([A-Z0-9_]+)=", example))


# --- Compose -----------------------------------------------------------------------------


with_compose = in_each(deployed("compose"), "compose.yaml")


def composed(project: Path) -> dict[str, Any]:
    found: dict[str, Any] = parsed((project / "compose.yaml").read_text())[0]
    return found


@with_compose
def test_only_the_proxy_is_reached_from_outside(project: Path) -> None:
    compose = composed(project)
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["proxy"]["networks"] == ["front"]
    neighbours = [name for name, service in services.items() if "front" in service["networks"]]
    assert set(neighbours) == {"proxy", "app"}


@with_compose
def test_what_a_service_names_is_there(project: Path) -> None:
    compose = composed(project)
    services, networks = compose["services"], {*compose["networks"], "default"}
    for service in services.values():
        assert set(service.get("depends_on", [])) <= services.keys()
        assert set(service["networks"]) <= networks
        sources = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert {source for source in sources if source[0] != "."} <= compose["volumes"].keys()
        assert not [host for host in urls(service) if host not in services]


def urls(service: dict[str, Any]) -> list[str]:
    """The hosts of other services."""
    text = " ".join(map(str, service.get("environment", {}).values()))
    return re.findall(r"(?:@|redis://)(\w+):\d", text)


@with_compose
def test_every_volume_and_network_is_used(project: Path) -> None:
    compose = composed(project)
    services = compose["services"].values()
    volumes = {volume.partition(":")[0] for s in services for volume in s.get("volumes", [])}
    assert compose["volumes"].keys() <= volumes
    assert compose["networks"].keys() <= {name for s in services for name in s["networks"]}


@with_compose
def test_our_own_services_may_do_nothing_they_need_not(project: Path) -> None:
    compose = composed(project)
    for name, service in compose["services"].items():
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["logging"]["options"]["max-file"]
        assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")
        if "build" in service or name == "proxy":
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]
        if "image" in service:
            assert re.fullmatch(r"[\w/]+:\d+(\.\d+)?", service["image"])
            assert service["healthcheck"]["test"]


@with_compose
def test_a_process_has_the_time_to_stop(project: Path) -> None:
    app = composed(project)["services"]["app"]
    dockerfile = (project / "Dockerfile").read_text()
    graceful = re.search(r'"--(?:timeout-graceful-shutdown|graceful-timeout)", "(\d+)"', dockerfile)
    assert graceful
    needed = app["environment"]["DRAIN_SECONDS"] + int(graceful[1])
    assert needed < int(app["stop_grace_period"].removesuffix("s"))


@with_compose
def test_the_example_of_settings_names_what_compose_asks_for(project: Path) -> None:
    asked = set(re.findall(r"\$\{(\w+)", (project / "compose.yaml").read_text()))
    assert asked <= named((project / ".env.example").read_text())


def test_caddy_accepts_the_proxy_s_file(rendered: Projects, tmp_path: Path) -> None:
    caddy = Path(sys.executable).with_name("caddy")
    paths = {rendered(name) / "proxy/Caddyfile" for name in deployed("compose")}
    for file in {path.read_text(): path for path in paths}.values():
        for command in (["validate", "--adapter", "caddyfile", "--config"], ["fmt", "--diff"]):
            done = subprocess.run(
                [caddy, *command, file],
                env={"DOMAIN": "localhost", "HOME": str(tmp_path)},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr


# --- Kubernetes --------------------------------------------------------------------------


with_kubernetes = in_each(deployed("kubernetes"), "kubernetes/")


def documents(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.rglob("*.yaml")):
        yield from (d for d in parsed(path.read_text()) if d["kind"] != "Kustomization")


def kustomization(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = parsed((folder / "kustomization.yaml").read_text())[0]
    return found


def kinds(folder: Path) -> Documents:
    found: Documents = {}
    for document in documents(folder):
        found.setdefault(document["kind"], []).append(document)
    return found


@cache
def check(text: str) -> None:
    for document in parsed(text):
        kubernetes_validate.validate(document, CLUSTER, strict=True)


@with_kubernetes
def test_a_current_cluster_accepts_every_manifest(project: Path) -> None:
    cluster = project / "kubernetes"
    for path in cluster.rglob("*.yaml"):
        if path.name != "kustomization.yaml":
            check(path.read_text())


@pytest.mark.skipif(not KUBECTL, reason="there is no kubectl on this machine")
@with_kubernetes
def test_kustomize_puts_them_together(project: Path) -> None:
    """Each set of manifests once: it takes kubectl a quarter of a second to start."""
    found = sorted(files(project / "kubernetes").items())
    proof = digest(["kustomize", Path(__file__).read_text(), repr(found)])
    if PROOFS.knows(proof):
        return
    command = [str(KUBECTL), "kustomize", str(project / "kubernetes/production")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    check(done.stdout)
    images = set(re.findall(r"image: (.*)", done.stdout))
    assert len(images) == 1
    assert re.fullmatch(r"registry\.example\.com/[a-z0-9-]+:\d+\.\d+\.\d+", images.pop())
    PROOFS.keep(proof)


@with_kubernetes
def test_every_file_is_put_together_and_every_one_is_there(project: Path) -> None:
    cluster = project / "kubernetes"
    for folder in ("base", "production"):
        listed = kustomization(cluster / folder)["resources"]
        written = {path.name for path in (cluster / folder).iterdir()} - {"kustomization.yaml"}
        assert {name for name in listed if name != "../base"} == written


def pods(cluster: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    found = kinds(cluster)
    for document in found["Deployment"] + found.get("Job", []):
        yield document["metadata"]["name"], document["spec"]["template"]


def containers(cluster: Path) -> Iterator[dict[str, Any]]:
    for _, pod in pods(cluster):
        yield from pod["spec"].get("initContainers", []) + pod["spec"]["containers"]


@with_kubernetes
def test_whatever_selects_finds_something(project: Path) -> None:
    cluster = project / "kubernetes"
    found = kinds(cluster)
    labels = [pod["metadata"]["labels"] for _, pod in pods(cluster)]
    selectors = [s["spec"]["selector"] for s in found["Service"]]
    for kind in ("Deployment", "PodDisruptionBudget"):
        selectors += [one["spec"]["selector"]["matchLabels"] for one in found.get(kind, [])]
    policies = [one["spec"]["podSelector"] for one in found["NetworkPolicy"]]
    selectors += [policy["matchLabels"] for policy in policies if policy]
    assert {} in policies  # everything that nothing else allows is denied
    for selector in selectors:
        assert len([one for one in labels if selector.items() <= one.items()]) == 1
    for scaler in found.get("HorizontalPodAutoscaler", []):
        target = scaler["spec"]["scaleTargetRef"]["name"]
        assert target in [one["metadata"]["name"] for one in found["Deployment"]]


@with_kubernetes
def test_whatever_is_referred_to_is_there(project: Path) -> None:
    cluster = project / "kubernetes"
    claims = [one["metadata"]["name"] for one in kinds(cluster).get("PersistentVolumeClaim", [])]
    readme = (project / "README.md").read_text()
    base = kustomization(cluster / "base")
    maps = [one["name"] for one in base["configMapGenerator"]]
    for _, pod in pods(cluster):
        volumes = pod["spec"]["volumes"]
        wanted = [
            v["persistentVolumeClaim"]["claimName"]
            for v in volumes
            if len(v) == 2 and "emptyDir" not in v
        ]
        assert set(wanted) <= set(claims)
        for one in pod["spec"].get("initContainers", []) + pod["spec"]["containers"]:
            assert {m["name"] for m in one["volumeMounts"]} == {v["name"] for v in volumes}
    for one in containers(cluster):
        for source in one["envFrom"]:
            assert source.get("configMapRef", {"name": maps[0]})["name"] in maps
            secret = source.get("secretRef", {"name": "app"})["name"]
            assert f"kubectl create secret generic {secret} " in readme


@with_kubernetes
def test_the_readme_looks_after_every_deployment(project: Path) -> None:
    cluster = project / "kubernetes"
    readme = (project / "README.md").read_text()
    names = {one["metadata"]["name"] for one in kinds(cluster)["Deployment"]}
    for action in ("status", "undo"):
        assert set(re.findall(rf"kubectl rollout {action} deployment/(\w+)", readme)) == names


@with_kubernetes
def test_ports_meet(project: Path) -> None:
    cluster = project / "kubernetes"
    found = kinds(cluster)
    app = next(pod for name, pod in pods(cluster) if name == "app")["spec"]["containers"][0]
    ports = {port["name"]: port["containerPort"] for port in app["ports"]}
    listens = rf'"--port", "{ports["http"]}"|"--bind", "0.0.0.0:{ports["http"]}"'
    assert re.search(listens, (project / "Dockerfile").read_text())
    (service,) = found["Service"]
    assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports.keys()
    (ingress,) = found["Ingress"]
    (path,) = ingress["spec"]["rules"][0]["http"]["paths"]
    assert path["backend"]["service"]["name"] == service["metadata"]["name"]
    assert path["backend"]["service"]["port"]["name"] == service["spec"]["ports"][0]["name"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert app[probe]["httpGet"]["port"] in ports
        assert app[probe]["httpGet"]["path"] == ("/readyz" if probe[0] == "r" else "/livez")


@with_kubernetes
def test_a_container_may_do_nothing_it_need_not(project: Path) -> None:
    cluster = project / "kubernetes"
    for _, pod in pods(cluster):
        context = pod["spec"]["securityContext"]
        assert context["runAsNonRoot"] is True
        assert context["runAsUser"] == 10001
        assert context["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["spec"]["automountServiceAccountToken"] is False
    for one in containers(cluster):
        assert one["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert one["resources"]["requests"]["cpu"]
        assert one["resources"]["limits"]["memory"]


@with_kubernetes
def test_the_cluster_sets_what_there_is_to_set(project: Path) -> None:
    cluster = project / "kubernetes"
    base = kustomization(cluster / "base")
    literals = base["configMapGenerator"][0]["literals"]
    assert not [line for line in literals if " " in line.partition("=")[2].strip()]
    values = dict(line.split("=", 1) for line in literals)
    of_uvicorn = {"FORWARDED_ALLOW_IPS", "UVICORN_TIMEOUT_KEEP_ALIVE"}
    assert values.keys() - of_uvicorn <= named((project / ".env.example").read_text())
    for name, pod in pods(cluster):
        if name == "app":
            grace = pod["spec"]["terminationGracePeriodSeconds"]
            assert int(values["DRAIN_SECONDS"]) + 20 < grace


@with_kubernetes
def test_a_file_has_one_pod_that_is_never_two(project: Path) -> None:
    cluster = project / "kubernetes"
    found = kinds(cluster)
    app = next(one for one in found["Deployment"] if one["metadata"]["name"] == "app")
    if "PersistentVolumeClaim" in found:
        assert app["spec"]["replicas"] == 1
        assert app["spec"]["strategy"] == {"type": "Recreate"}
        assert "HorizontalPodAutoscaler" not in found
    else:
        assert "replicas" not in app["spec"]  # the autoscaler's, and an apply would undo it
        assert found["HorizontalPodAutoscaler"]
        assert found["PodDisruptionBudget"]
