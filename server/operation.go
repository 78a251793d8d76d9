package server

import (
	"crypto/subtle"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"parley/app"
	"parley/desk"
)

// metrics are what the operator watches.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMetrics(s *Server) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "parley_request_seconds", Help: "How long requests took.",
			Buckets: []float64{.0003, .001, .003, .01, .03, .1, .3, 1, 3},
		}, []string{"method", "route", "status"}),
	}
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		newFaults(func() []Part { return s.parts() }),
		gauge("parley_sockets", "Open agents' sockets.", func() float64 { return float64(s.sockets.Len()) }),
		gauge("parley_visitor_sockets", "Open visitors' sockets.", func() float64 { return float64(s.visitors.Len()) }),
		gauge("parley_journal_head", "Sequence of the newest event.", func() float64 { return float64(s.app.Head()) }),
		gauge("parley_search_lag_events", "Events that the index has still to take in.", func() float64 {
			return float64(s.app.SearchStatus().Lag)
		}),
		gauge("parley_live_lag_events", "Events that the hub has still to tell.", func() float64 {
			return float64(s.app.Head() - min(s.app.Head(), s.hub.Head()))
		}),
		gauge("parley_webhook_deliveries_waiting", "Deliveries to webhooks that are still to be sent.", func() float64 {
			return float64(s.app.WaitingDeliveries())
		}),
		gauge("parley_parked_events", "Events that a part could not handle and has passed over.", func() float64 {
			return float64(s.app.ParkedEvents())
		}),
		gauge("parley_store_failed", "1 after the disk has failed.", func() float64 {
			if s.app.Failed() {
				return 1
			}
			return 0
		}),
	)
	return m
}

// statuses are the labels of answers; a fixed set keeps the metrics small.
var statuses = [...]string{"1xx", "2xx", "3xx", "4xx", "5xx"}

func (m *metrics) request(method, route string, status int, took time.Duration) {
	class := statuses[max(0, min(len(statuses)-1, status/100-1))]
	m.requests.WithLabelValues(method, route, class).Observe(took.Seconds())
}

// operationRoutes are for whoever runs the program. They tell nothing about the
// team to who is not signed in.
func (s *Server) operationRoutes() {
	plain(s, Route{Method: http.MethodGet, Path: "/healthz", Action: desk.ActionPublic}, func(c *fiber.Ctx, _ *caller) error {
		return c.SendString("ok\n")
	})
	plain(s, Route{Method: http.MethodGet, Path: "/readyz", Action: desk.ActionPublic}, s.ready)
	handler := adaptor.HTTPHandler(promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	plain(s, Route{Method: http.MethodGet, Path: "/metrics", Action: desk.ActionOperate}, func(c *fiber.Ctx, _ *caller) error {
		return handler(c)
	})
}

// isScraper reports whether a request brings the token for the metrics.
func (s *Server) isScraper(c *fiber.Ctx) bool {
	brought, found := bearerOf(c)
	return found && s.scraper != "" && subtle.ConstantTimeCompare([]byte(brought), []byte(s.scraper)) == 1
}

// ready says whether requests should be sent here.
func (s *Server) ready(c *fiber.Ctx, _ *caller) error {
	select {
	case <-s.stopping:
		return desk.Refuse(desk.CodeUnavailable, "", "The server is stopping.")
	default:
	}
	if s.app.Failed() {
		return desk.Refuse(desk.CodeReadOnly, "", "The disk has failed; reading goes on.")
	}
	said := "ready"
	if s.app.SearchStatus().State != app.SearchReady {
		said += "; the search index is being built"
	}
	if parts := s.degraded(); parts != "" {
		said += "; degraded: " + parts
	}
	return c.SendString(said + "\n")
}
