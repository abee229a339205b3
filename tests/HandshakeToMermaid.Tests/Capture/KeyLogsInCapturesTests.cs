using System.Text;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Capture;

/// <summary>Where a capture may hold its key log, and what is opened then.</summary>
public sealed class KeyLogsInCapturesTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_key_log_in_a_file_is_used_wherever_it_stands(bool isLast, bool inGzip)
    {
        var builder = Build(isLast);
        var path = Path.Combine(Directory.CreateTempSubdirectory("keys-").FullName, "capture");
        try
        {
            File.WriteAllBytes(path, inGzip ? builder.ToGzip() : builder.ToArray());
            Assert.All(Reading.Of(path), c => Assert.True(c.Connection.FactsOf<TlsFacts>()!.IsDecrypted));
            Assert.All(Reading.Of(Path.GetDirectoryName(path)!), c => Assert.True(c.Connection.FactsOf<TlsFacts>()!.IsDecrypted));
            using var source = CaptureFiles.Open([path], AnalyzerLimits.Default);
            Assert.Single(source.KeyLogs);
            Assert.False(source.MayBringKeyLogs);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_key_log_in_a_stream_opens_the_connections_that_are_not_over_when_it_comes(bool isLast)
    {
        var (connections, _) = Reading.Of(Build(isLast).ToArray());
        Assert.All(connections, c => Assert.True(c.Connection.FactsOf<TlsFacts>()!.IsDecrypted));
        Assert.True(CaptureFiles.Open(new MemoryStream(Build(isLast).ToArray()), "stream", AnalyzerLimits.Default).MayBringKeyLogs);
    }

    /// <summary>A sample's frames with its key log before or behind them.</summary>
    private static CaptureFileBuilder Build(bool isLast)
    {
        var folder = Checkout.PathOf("samples", "tls13-success");
        var keyLog = Encoding.ASCII.GetString(File.ReadAllBytes(Path.Combine(folder, "keys.log")));
        var builder = CaptureFileBuilder.PcapNg();
        if (!isLast) builder.Secrets(keyLog);
        using var source = CaptureFiles.Open([Path.Combine(folder, "capture.pcap")], AnalyzerLimits.Default);
        while (source.TryRead(out var frame)) builder.Frame(frame.Mark.Time, frame.Data);
        Assert.False(source.MayBringKeyLogs);
        return isLast ? builder.Secrets(keyLog) : builder;
    }
}
