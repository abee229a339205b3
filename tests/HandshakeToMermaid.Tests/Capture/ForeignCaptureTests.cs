using System.Globalization;
using System.Text.Json;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Tests.Capture;

/// <summary>Captures of other projects, held against what TShark read from them.</summary>
public sealed class ForeignCaptureTests
{
    [SkippableTheory]
    [InlineData("captures", "oracle")]
    [InlineData("derived", "derived/oracle")]
    [InlineData("pcapng-conformance", "pcapng-conformance")]
    public void Frames_link_types_and_times_are_those_that_TShark_reads(string folder, string oracles)
    {
        var root = Checkout.Shared("captures");
        var problems = new List<string>();
        var compared = 0;
        foreach (var path in Directory.GetFiles(Path.Combine(root, folder)).Order(StringComparer.Ordinal))
        {
            var oracle = Path.Combine(root, oracles, Path.GetFileName(path) + ".ndjson");
            if (!File.Exists(oracle)) continue;
            compared++;
            var expected = File.ReadLines(oracle).Select(line => JsonDocument.Parse(line).RootElement).First(e => e.GetProperty("kind").GetString() == "capture");
            Compare(ReadCapture.OfPaths(path), expected, Path.GetFileName(path), problems);
        }

        Assert.Empty(problems);
        Assert.True(compared > 10);
    }

    [SkippableFact]
    public void Hostile_captures_give_a_sentence_at_worst()
    {
        foreach (var path in Directory.GetFiles(Checkout.Shared("captures", "malformed")))
        {
            try
            {
                var read = ReadCapture.OfPaths(path);
                Assert.All(read.Damages, d => Assert.EndsWith(".", d.ToString(), StringComparison.Ordinal));
            }
            catch (CaptureException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static void Compare(ReadCapture read, JsonElement expected, string name, List<string> problems)
    {
        void Expect(string what, string wanted, string found)
        {
            if (wanted != found) problems.Add($"{name}: {what} {found}, not {wanted}");
        }

        // TShark numbers Custom Blocks among the frames (without a link type or a time); here, as in capinfos, a frame is a packet.
        var packets = expected.GetProperty("link_types").EnumerateObject().Sum(p => p.Value.GetInt32());
        Expect("frames", packets.ToString(CultureInfo.InvariantCulture), read.Frames.Count.ToString(CultureInfo.InvariantCulture));
        if (packets > 0 && packets == expected.GetProperty("frames").GetInt32())
        {
            Expect("first time", expected.GetProperty("first_t").GetString()!, Seconds(read.Frames[0].Time));
            Expect("last time", expected.GetProperty("last_t").GetString()!, Seconds(read.Frames[^1].Time));
        }

        var wanted = expected.GetProperty("link_types").EnumerateObject().Select(p => $"{p.Name} {p.Value.GetInt32()}").Order(StringComparer.Ordinal);
        var found = read.Frames.GroupBy(f => TSharkName(f.Link)).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal);
        Expect("link types", string.Join(", ", wanted), string.Join(", ", found));
        var cutHere = name.Contains("--cut", StringComparison.Ordinal);
        if (cutHere == (read.Damages.Count == 0)) problems.Add($"{name}: damages {string.Join(" ", read.Damages)}");
    }

    private static string Seconds(long nanoseconds) => $"{nanoseconds / Timestamp.PerSecond}.{nanoseconds % Timestamp.PerSecond:D9}";

    private static string TSharkName(ushort link) => link switch
    {
        0 => "NULL/Loopback",
        1 => "Ethernet",
        9 => "PPP",
        12 or 101 => "Raw IP",
        113 => "Linux cooked-mode capture v1",
        127 => "IEEE 802.11 plus radiotap radio header",
        239 => "NFLOG",
        276 => "Linux cooked-mode capture v2",
        _ => $"? {link}",
    };
}
