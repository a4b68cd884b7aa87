-- wrk walks through a list of requests: one in a line, the path and, behind a tab, what is posted.
-- Arguments: the file of the list; milliseconds that each connection pauses on average, or 0.
local requests, position, pause = {}, 0, 0
local started = 0

function setup(thread)
  thread:set("number", started)
  started = started + 1
end

function init(arguments)
  for line in io.lines(arguments[1]) do
    local path, body = line:match("^([^\t]*)\t?(.*)$")
    if body ~= "" then
      local headers = {["Content-Type"] = "application/json"}
      for name, value in pairs(wrk.headers) do headers[name] = value end
      requests[#requests + 1] = wrk.format("POST", path, headers, body)
    else
      requests[#requests + 1] = wrk.format("GET", path)
    end
  end
  pause = tonumber(arguments[2]) or 0
  -- Each thread begins at another place of the list.
  position = number * 7919
  math.randomseed(number + 1)
  if pause == 0 then delay = nil end
end

-- Pauses of any length around the average, so that connections do not march in step.
function delay()
  return math.floor(-pause * math.log(1 - math.random()) + 0.5)
end

function request()
  position = position + 1
  return requests[(position - 1) % #requests + 1]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "microseconds": %d, "bytes": %d, "p50": %d, "p95": %d, "p99": %d, '
      .. '"connect": %d, "read": %d, "write": %d, "timeout": %d, "status": %d}\n',
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(95), latency:percentile(99),
    errors.connect, errors.read, errors.write, errors.timeout, errors.status))
end
