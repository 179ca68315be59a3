# The program without its embedded servers: those are containers of their own (docker-compose.yml).
FROM python:3.13-slim-trixie AS built
WORKDIR /wcd
COPY requirements.lock .
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --quiet --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.13-slim-trixie
ENV PATH=/venv/bin:$PATH PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    WCD_NO_BOOTSTRAP=1 WCD_DATA=/data
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin wcd \
 && install -d -o wcd -g wcd -m 0711 /data
COPY --from=built /venv /venv
WORKDIR /wcd
COPY wcd wcd
COPY templates templates
COPY locales locales
COPY migrations migrations
RUN pybabel -q compile -d locales && python -m compileall -q wcd
USER wcd
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["python", "-m", "wcd"]
CMD ["serve", "--only", "web", "--host", "0.0.0.0"]
