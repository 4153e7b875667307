-- One line a run: p50,p95,p99,max in ms, requests a second, requests, errors, answers that are not 200.
local threads = {}
function setup(thread) threads[#threads + 1] = thread end
function init(args) other = 0 end
function response(status) if status ~= 200 then other = other + 1 end end
function done(summary, latency, requests)
  local n, e = 0, summary.errors
  for _, thread in ipairs(threads) do n = n + thread:get("other") end
  io.write(string.format("MEASURED,%.1f,%.1f,%.1f,%.1f,%.2f,%d,%d,%d\n",
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.requests / (summary.duration / 1e6), summary.requests,
    e.connect + e.read + e.write + e.timeout, n))
end
