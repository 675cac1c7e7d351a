# Handelingsruimte: one image for web, worker and beat.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /environment
COPY requirements/base.txt /tmp/base.txt
RUN /environment/bin/pip install --require-hashes --no-deps -r /tmp/base.txt
WORKDIR /house
COPY . .
# Demo mode is for these two commands only: they need settings, but no secret and no database.
RUN DEMO=1 VAR_DIR=/tmp/var /environment/bin/python manage.py compile_translations \
 && DEMO=1 VAR_DIR=/tmp/var /environment/bin/python manage.py collectstatic --no-input --verbosity 0 \
 && /environment/bin/python -m compileall -q .

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin house \
 && install -d -o house -g house -m 700 /data
COPY --from=build /environment /environment
COPY --from=build /house /house
WORKDIR /house
ENV PATH=/environment/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/data HOST=0.0.0.0 PORT=8000
USER 10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "scripts/healthy.py"]
CMD ["python", "-m", "gunicorn", "config.wsgi", "--config", "config/gunicorn.py"]
