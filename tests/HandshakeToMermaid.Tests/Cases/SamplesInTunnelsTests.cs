using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Cases;

/// <summary>Recorded conversations wrapped frame by frame: what is around a packet changes nothing that is learned from it.</summary>
public sealed class SamplesInTunnelsTests
{
    [Theory]
    [InlineData("starttls-smtp")]
    [InlineData("starttls-refused")]
    [InlineData("proxy-connect")]
    [InlineData("proxy-socks5")]
    [InlineData("dtls12-success")]
    [InlineData("quic-success")]
    [InlineData("happy-eyeballs")]
    [InlineData("dns-tcp-fallback")]
    public void A_sample_in_a_tunnel_is_told_as_without_one(string name)
    {
        var folder = Checkout.PathOf("samples", name);
        var path = Directory.EnumerateFiles(folder, "capture.pcap*").First();
        var log = Path.Combine(folder, "keys.log");
        var options = File.Exists(log) ? Reading.WithSecrets(File.ReadAllBytes(log)) : null;
        Assert.Equal(Told(Reading.Of(path, options)), Told(Reading.Of(Wrapped(path), options).Connections));
    }

    private static List<string> Told(List<HandshakeToMermaid.Diagnosis.DiagnosedConnection> found) => found.ConvertAll(c =>
        $"{c.Connection.Server.Name} {c.Connection.Transport} {c.Connection.Outcome.Class} {c.Connection.Queries.Count} {c.Connection.Attempts.Count} "
        + $"{string.Join(',', c.Findings.Select(f => f.Code))} {string.Join(';', c.Connection.Steps.Select(s => s.Title))}");

    /// <summary>Each frame in VXLAN over IPv4.</summary>
    private static byte[] Wrapped(string path)
    {
        using var source = CaptureFiles.Open([path], AnalyzerLimits.Default);
        var capture = CaptureFileBuilder.PcapNg();
        while (source.TryRead(out var frame))
        {
            var isBack = BinaryPrimitives.ReadUInt16BigEndian(frame.Data[4..]) > BinaryPrimitives.ReadUInt16BigEndian(frame.Data[10..]);
            capture.Frame(frame.Mark.Time, TunnelBuilder.OverUdp(4789, TunnelBuilder.Vxlan(frame.Data.ToArray()), isBack));
        }

        return capture.ToArray();
    }
}
