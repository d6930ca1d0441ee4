# The daemon as a user of its own; nothing of the image is written to while it runs.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /opt/figurewatch \
    && /opt/figurewatch/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY etl etl
COPY config config
COPY warehouse warehouse
RUN /opt/figurewatch/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin figurewatch \
    && install -d -o figurewatch -g figurewatch -m 0750 /data
COPY --from=build /opt/figurewatch /opt/figurewatch
ENV PATH=/opt/figurewatch/bin:$PATH FIGUREWATCH_HOME=/data PYTHONUNBUFFERED=1
USER figurewatch
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["figurewatch", "healthcheck"]
ENTRYPOINT ["figurewatch"]
CMD ["run"]
