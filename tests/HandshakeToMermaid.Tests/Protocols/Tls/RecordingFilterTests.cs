using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Tls;

/// <summary>What the filter leaves out of a recording makes no difference to what is read from it.</summary>
public sealed class RecordingFilterTests
{
    public static TheoryData<string> Recordings => [.. Directory.EnumerateFiles(Recorded, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void A_filtered_recording_reads_as_the_whole_one_however_the_stream_is_cut(string recording)
    {
        foreach (var mayBringSecrets in (bool[])[false, true])
        {
            var setting = new TlsSetting(AnalyzerLimits.Default) { MayBringSecrets = mayBringSecrets };
            foreach (var length in (int[])[7, 100, 1448, 20_000])
            {
                var cut = Cut(Read(recording), length).ToList();
                var expected = Report(cut, setting, int.MaxValue);
                foreach (var recorded in (int[])[200, 700, 3_000, 16_384]) Assert.Equal(expected, Report(cut, setting, recorded));
            }
        }
    }

    [Theory]
    [InlineData(false, 60_000)]
    [InlineData(true, 700_000)]
    public void A_long_transfer_is_recorded_in_bounds_and_with_its_end_where_it_can_be_decrypted(bool hasSecrets, int mostBytes)
    {
        var pieces = Read("tls12-ecdhe");
        var setting = new TlsSetting(AnalyzerLimits.Default);
        if (hasSecrets) KeyLog.Read(Encoding.ASCII.GetBytes($"CLIENT_RANDOM {Convert.ToHexString(pieces[0].Bytes.AsSpan(11, 32))} {new string('a', 96)}\n"), setting.Secrets);
        var stream = new PlayedStream(443, null, new TlsProtocol(setting).FilterFor);
        for (var i = 0; i < 3000; i++) pieces.Add((Direction.Reverse, TlsBytes.Encrypted(10_000)));
        if (hasSecrets) pieces.Add((Direction.Reverse, TlsBytes.Encrypted(77)));
        Play(stream, pieces);
        var whole = stream.Record();

        Assert.InRange(whole.BytesOf(Direction.Reverse).Length, 1_000, mostBytes);
        if (!hasSecrets) return;
        Assert.Equal(77 + 5, whole.Segments[^1].Length);
        Assert.InRange(whole.Segments.ToArray().Where(s => s.Kind == SegmentKind.Omission).Sum(s => s.Absent!.Units), 2_900, 3_040);
    }

    /// <summary>A recording, and behind it an answer of 40 records.</summary>
    private static List<(Direction From, byte[] Bytes)> Read(string recording)
    {
        var pieces = File.ReadLines(Path.Combine(Recorded, recording + ".txt")).Select(l => (l[0] == '>' ? Direction.Forward : Direction.Reverse, Convert.FromHexString(l[2..]))).ToList();
        pieces.Add((Direction.Reverse, TlsBytes.Join([.. Enumerable.Range(0, 40).Select(i => TlsBytes.Encrypted(500 + (i * 13)))])));
        return pieces;
    }

    private static IEnumerable<(Direction From, byte[] Bytes)> Cut(IEnumerable<(Direction From, byte[] Bytes)> pieces, int length) =>
        pieces.SelectMany(p => p.Bytes.Chunk(length).Select(part => (p.From, part)));

    private static string Report(IEnumerable<(Direction From, byte[] Bytes)> pieces, TlsSetting setting, int recordedBytes)
    {
        var protocol = new TlsProtocol(setting);
        var stream = new PlayedStream(443, AnalyzerLimits.Default with { RecordedBytes = recordedBytes }, protocol.FilterFor);
        Play(stream, pieces);
        return string.Join('\n', protocol.Read(stream.Record()).SelectMany(f => f.Steps.Select(s => $"{s.From} {s.Title} {s.First.Frame}-{s.Last.Frame} {s.Length}").Concat(f.Unparsed.Select(u => $"{u.What} {u.Detail} {string.Join(',', u.Frames)}"))));
    }

    private static void Play(PlayedStream stream, IEnumerable<(Direction From, byte[] Bytes)> pieces)
    {
        var frame = 0;
        foreach (var (from, bytes) in pieces)
        {
            frame++;
            stream.Bytes(from, bytes, new FrameMark(frame, new Timestamp(frame * 1_000_000L)));
        }
    }

    private static string Recorded => Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Protocols", "Tls", "Recorded");
}
