# The site alone: SQLite and made files in the volume /var/lib/city-indicators.
FROM python:3.13-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8050 \
    VAR_FOLDER=/var/lib/city-indicators

WORKDIR /srv/city-indicators
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt \
    && useradd --system --uid 10001 --home-dir /srv/city-indicators city-indicators \
    && install -d -o city-indicators -g city-indicators "$VAR_FOLDER"
COPY . .

USER 10001
VOLUME /var/lib/city-indicators
EXPOSE 8050
# gunicorn stops accepting at SIGTERM and finishes requests within 25 s.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s CMD \
    ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8050/readyz', timeout=4)"]
CMD ["python", "app.py"]
