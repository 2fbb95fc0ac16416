package app

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"hookswitch/internal/provider"
	"hookswitch/internal/store"
)

// metrics are what an operator watches. No label holds a user, a phone number or an id.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	outbound *prometheus.HistogramVec
}

func newMetrics(version string) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "hookswitch_http_request_seconds", Help: "Requests by method, path template and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"method", "path", "status"}),
		outbound: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "hookswitch_outbound_request_seconds", Help: "Requests to carriers and hooks by host and status; status 0 is no answer.",
			Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 4},
		}, []string{"host", "status"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "hookswitch_build_info", Help: "1, with the version.", ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.outbound, build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

func (m *metrics) request(method, path string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, path, strconv.Itoa(status)).Observe(took.Seconds())
}

func (m *metrics) exchange(t provider.Trace) {
	m.outbound.WithLabelValues(t.Host, strconv.Itoa(t.Status)).Observe(t.Took.Seconds())
}

// watch shows how the store commits.
func (m *metrics) watch(db *store.DB) {
	counter := func(name, help string, value func(store.Stats) float64) {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help},
			func() float64 { return value(db.Stats()) }))
	}
	counter("hookswitch_store_commits_total", "Physical commits.", func(s store.Stats) float64 { return float64(s.Commits) })
	counter("hookswitch_store_transactions_total", "Logical transactions that were committed.", func(s store.Stats) float64 { return float64(s.Transactions) })
	counter("hookswitch_store_replays_total", "Logical transactions that had to be run again.", func(s store.Stats) float64 { return float64(s.Replays) })
	m.registry.MustRegister(batches{db})
}

// batches shows how many logical transactions went into each physical commit.
type batches struct{ db *store.DB }

// Describe implements [prometheus.Collector].
func (b batches) Describe(to chan<- *prometheus.Desc) { prometheus.DescribeByCollect(b, to) }

// Collect implements [prometheus.Collector].
func (b batches) Collect(to chan<- prometheus.Metric) {
	stats := b.db.Stats()
	atMost := make(map[float64]uint64)
	count := uint64(0)
	for i, n := range stats.Batches {
		count += n
		if bounds := store.BatchBounds(); i < len(bounds) {
			atMost[float64(bounds[i])] = count
		}
	}
	desc := prometheus.NewDesc("hookswitch_store_batch_transactions", "Logical transactions in one physical commit.", nil, nil)
	to <- prometheus.MustNewConstHistogram(desc, count, float64(stats.Transactions), atMost)
}
