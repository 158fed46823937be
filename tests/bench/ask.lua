-- SPDX-License-Identifier: GPL-3.0-or-later
-- What wrk asks for bench.py: the paths of a file, a line each, in turn.
--
--     wrk … --script ask.lua URL -- FILE
local paths, turn = {}, 0

function init(arguments)
    for path in io.lines(arguments[1]) do paths[#paths + 1] = path end
end

function request()
    turn = turn % #paths + 1
    return wrk.format('GET', paths[turn], {['Accept-Encoding'] = 'gzip'})
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format('result %d %d %d %d %d %d\n', summary.requests, summary.duration,
        e.connect + e.read + e.write + e.timeout + e.status,
        latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
