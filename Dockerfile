# The frontend, the executable, and an image that holds nothing else. It runs as a
# user without a name or a shell and writes to /data only.
#
#   docker build --build-arg VERSION=$(git describe --tags --always) -t parley .
#   docker run --read-only -p 8080:8080 -v parley:/data parley

FROM node:20.20.2-slim AS ui
WORKDIR /src/ui
COPY ui/package.json ui/package-lock.json ui/.npmrc ./
RUN npm ci --ignore-scripts
COPY ui/ ./
RUN npm run build

FROM golang:1.26.8 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=ui /src/ui/dist ui/dist
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$VERSION" -o /out/parley . \
	&& mkdir /out/data

FROM scratch
COPY --from=build /out/parley /parley
# Whom to trust when a language model is asked over HTTPS.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV PARLEY_DATA=/data PARLEY_LISTEN=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/parley", "health"]
ENTRYPOINT ["/parley"]
CMD ["serve"]
