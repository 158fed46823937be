-- SPDX-License-Identifier: GPL-3.0-or-later
-- What wrk asks: words of news, typed letter by letter, searched, and counted.
local words = {
    'الرئيس', 'بوتين', 'انتخابات', 'مصر', 'السعودية', 'كأس', 'اقتصاد', 'النفط', 'زيارة', 'محمد', 'القاهرة', 'حرب',
    'الأمم المتحدة', 'سعر الدولار', 'مجلس الأمن', 'كرة القدم', 'البنك المركزي', 'putin', 'f,jdk', 'masr',
}

local function encode(text)
    return (text:gsub('[^%w]', function(byte) return string.format('%%%02X', byte:byte()) end))
end

-- The first letters of a text in UTF-8.
local function beginning(text, letters)
    local at = 0
    for _ = 1, letters do
        at = at + 1
        while at < #text and text:byte(at + 1) >= 0x80 and text:byte(at + 1) < 0xC0 do at = at + 1 end
        if at >= #text then break end
    end
    return text:sub(1, at)
end

local paths, turn = {}, 0
for _, word in ipairs(words) do
    for letters = 2, 4 do
        paths[#paths + 1] = '/suggest?format=json&q=' .. encode(beginning(word, letters))
    end
    paths[#paths + 1] = '/search?q=' .. encode(word)
    paths[#paths + 1] = '/search?sort=newest&q=' .. encode(word)
    paths[#paths + 1] = '/facets?q=' .. encode(word)
end

function init(arguments)
    math.randomseed(1)
    turn = math.random(#paths)
end

function request()
    turn = turn % #paths + 1
    return wrk.format('GET', paths[turn], {['Accept-Encoding'] = 'gzip'})
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format('errors: %d connect, %d read, %d write, %d time-out, %d status\np99: %.1f ms\n',
        e.connect, e.read, e.write, e.timeout, e.status, latency:percentile(99) / 1000))
end
