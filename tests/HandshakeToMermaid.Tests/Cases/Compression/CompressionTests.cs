using System.Buffers.Binary;
using System.IO.Compression;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Tests.Cases.Compression;

/// <summary>Records compressed by DEFLATE (RFC 3749): captures of this folder (see record.sh), and what a hostile peer may send.</summary>
public sealed class CompressionTests
{
    [Theory]
    [InlineData("deflate")]
    [InlineData("deflate-cbc")]
    public void Compressed_records_are_read_to_the_closing_alert(string name)
    {
        var found = Read(File.ReadAllBytes(PathOf(name)), name);
        var tls = found.Connection.FactsOf<TlsFacts>()!;
        Assert.Equal(1, tls.ServerHello!.CompressionMethod);
        Assert.Empty(tls.Unparsed);
        Assert.Equal(2, tls.Verifications.Count(v => v is { What: VerificationSubject.Finished, Verdict: VerificationVerdict.Valid }));
        var http = found.Connection.FactsOf<HttpFacts>()!;
        Assert.Equal("GET / HTTP/1.0", http.Request);
        Assert.StartsWith("HTTP/1.0 200", http.Response, StringComparison.Ordinal);
        Assert.Contains(tls.Alerts, a => a is { Alert.Description.Code: 0, Provenance: Provenance.Decrypted });
        Assert.Equal("compression-enabled", Assert.Single(found.Findings, f => f.Code == "compression-enabled").Code);
    }

    [Fact]
    public void Behind_a_missing_record_nothing_is_made_up()
    {
        var whole = File.ReadAllBytes(PathOf("deflate"));
        var lost = 0;
        for (var left = 0; left < 20; left++)
        {
            var tls = Read(Without(whole, left), "deflate")?.Connection.FactsOf<TlsFacts>();
            if (tls is null) continue;
            Assert.DoesNotContain(tls.Messages, m => m.Message.Fault.IsFault && m.Provenance == Provenance.Decrypted);
            Assert.DoesNotContain(tls.Verifications, v => v.Verdict == VerificationVerdict.Invalid);
            lost += tls.Unparsed.Count(u => u.Detail.EndsWith("its records are compressed, and one before them is missing", StringComparison.Ordinal));
        }

        Assert.NotEqual(0, lost);
    }

    [Fact]
    public void The_stream_goes_on_from_record_to_record()
    {
        using var inflater = new RecordInflater();
        var records = Compress("one two three"u8.ToArray(), [], "one two three"u8.ToArray());
        Assert.True(records[2].Length < records[0].Length);
        Assert.True(inflater.TryInflate(0, records[0], out var content));
        Assert.Equal("one two three"u8, content);
        Assert.True(inflater.TryInflate(1, records[1], out content));
        Assert.Equal(0, content.Length);
        Assert.True(inflater.TryInflate(2, records[2], out content));
        Assert.Equal("one two three"u8, content);
    }

    [Theory]
    [InlineData(16_384, true)]
    [InlineData(16_385, false)]
    [InlineData(10_000_000, false)]
    public void A_record_gives_no_more_than_its_version_allows(int length, bool isRead)
    {
        using var inflater = new RecordInflater();
        var record = Compress(new byte[length])[0];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(isRead, inflater.TryInflate(0, record, out var content));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000);
        Assert.Equal(isRead ? length : 0, content.Length);
        Assert.Equal(isRead ? null : "a compressed record holds more than 16,384 bytes", inflater.Why);
        Assert.False(!isRead && inflater.TryInflate(1, record, out _));
    }

    [Fact]
    public void What_is_not_compressed_is_damaged()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            using var inflater = new RecordInflater();
            var noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);
            for (ulong number = 0; number < 3 && inflater.TryInflate(number, noise, out var content); number++) Assert.InRange(content.Length, 0, 16_384);
        }

        using var missing = new RecordInflater();
        Assert.False(missing.TryInflate(1, [1], out _));
        Assert.Equal("its records are compressed, and one before them is missing", missing.Why);
    }

    private static List<byte[]> Compress(params byte[][] contents)
    {
        using var all = new MemoryStream();
        using var stream = new ZLibStream(all, CompressionLevel.Optimal, leaveOpen: true);
        var records = new List<byte[]>();
        foreach (var content in contents)
        {
            var start = (int)all.Length;
            stream.Write(content);
            stream.Flush();
            records.Add(all.ToArray()[start..]);
        }

        return records;
    }

    private static byte[] Without(byte[] capture, int left)
    {
        var kept = new List<byte>(capture[..24]);
        for (var (at, number) = (24, 0); at < capture.Length; number++)
        {
            var length = 16 + BinaryPrimitives.ReadInt32LittleEndian(capture.AsSpan(at + 8));
            if (number != left) kept.AddRange(capture[at..(at + length)]);
            at += length;
        }

        return [.. kept];
    }

    private static DiagnosedConnection Read(byte[] capture, string name) =>
        Reading.Of(capture, Reading.WithSecrets(File.ReadAllBytes(Path.ChangeExtension(PathOf(name), ".keys")))).Connections[0];

    private static string PathOf(string name) => Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "Compression", name + ".pcap");
}
