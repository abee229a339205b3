namespace HandshakeToMermaid.Cli.Tests;

/// <summary>A capture that can be shared, by <c>h2m redact</c>.</summary>
public sealed class RedactCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2m").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_rewritten_capture_lists_what_the_redacted_list_shows()
    {
        await File.WriteAllBytesAsync(In("key"), new byte[32]);
        var (code, output, error) = H2m.Run(["redact", H2m.Sample("wrong-name"), In("shared.pcapng"), "--redact-key", In("key"), "--redact-map", In("map.json")]);
        Assert.Equal((ExitCode.Done, ""), (code, output));
        Assert.Equal("h2m: 13 frames written. Certificates and keys are rewritten: no signature in this capture can be checked.\n", error);
        Assert.Equal(H2m.Run(["list", H2m.Sample("wrong-name"), "--redact", "--redact-key", In("key")]).Output, H2m.Run(["list", In("shared.pcapng")]).Output);
        Assert.Contains("\"original\": \"www.example.com\"", await File.ReadAllTextAsync(In("map.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_signatures_are_not_checked()
    {
        Assert.Equal(ExitCode.Done, H2m.Run(["redact", H2m.Sample("tls12-success"), In("shared.pcapng"), "-q"]).ExitCode);
        var (_, output, _) = H2m.Run(["list", In("shared.pcapng"), "--json"]);
        Assert.Contains("\"what\":\"server_key_exchange\",\"from\":\"server\",\"verdict\":\"not_checked\",\"why\":\"the capture was redacted\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("signature-invalid", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quic-success")]
    [InlineData("dtls12-success")]
    [InlineData("eap-tls")]
    public void Handshakes_over_udp_are_kept_with_the_redacted_list(string sample)
    {
        File.WriteAllBytes(In("key"), new byte[32]);
        var (code, _, error) = H2m.Run(["redact", H2m.Sample(sample), In("shared.pcapng"), "--redact-key", In("key")]);
        Assert.Equal(ExitCode.Done, code);
        Assert.DoesNotContain("left out", error, StringComparison.Ordinal);
        Assert.Equal(sample == "eap-tls", error.Contains("Authenticators of RADIUS", StringComparison.Ordinal));
        Assert.Equal(H2m.Run(["list", H2m.Sample(sample), "--redact", "--redact-key", In("key")]).Output, H2m.Run(["list", In("shared.pcapng")]).Output);
    }

    [Fact]
    public void Times_are_shifted_to_the_year_2000_where_that_is_asked_for()
    {
        Assert.Equal(ExitCode.Done, H2m.Run(["redact", H2m.Sample("expired-certificate"), In("shared.pcapng"), "--redact-times", "-q"]).ExitCode);
        var output = H2m.Run(["list", In("shared.pcapng"), "--json"]).Output;
        Assert.Contains("\"start\":\"2000-01-01T00:00:00", output, StringComparison.Ordinal);
        Assert.Contains("certificate-expired", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"2026-", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_can_be_rewritten_the_exit_code_says_so()
    {
        // An ARP request.
        byte[] frame = [.. new byte[12], 8, 6, 0, 1, 8, 0, 6, 4, 0, 1, .. new byte[20]];
        byte[] capture = [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 1, 0, 0, 0, .. new byte[8], (byte)frame.Length, 0, 0, 0, (byte)frame.Length, 0, 0, 0, .. frame];
        File.WriteAllBytes(In("arp.pcap"), capture);
        var (code, _, error) = H2m.Run(["redact", In("arp.pcap"), In("shared.pcapng")]);
        Assert.Contains("1 left out", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Nothing, code);
    }

    [Fact]
    public void What_comes_through_a_pipe_is_stored_meanwhile_and_removed()
    {
        File.WriteAllBytes(In("key"), new byte[32]);
        var environment = new Dictionary<string, string?> { ["TMPDIR"] = Directory.CreateDirectory(In("temporary")).FullName };
        var capture = File.ReadAllBytes(H2m.Sample("wrong-name"));
        Assert.Equal(ExitCode.Done, H2m.Run(["redact", H2m.Sample("wrong-name"), In("file.pcapng"), "--redact-key", In("key"), "-q"]).ExitCode);
        Assert.Equal((ExitCode.Done, "", ""), H2m.Run(["redact", "-", In("pipe.pcapng"), "--redact-key", In("key"), "-q"], capture, environment));
        Assert.Equal(File.ReadAllBytes(In("file.pcapng")), File.ReadAllBytes(In("pipe.pcapng")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(In("temporary")));
        var (code, _, error) = H2m.Run(["redact", "-", In("none.pcapng")], "GET / HTTP/1.1"u8.ToArray(), environment);
        Assert.Equal(ExitCode.Unreadable, code);
        Assert.StartsWith("h2m: standard input is not a capture", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(In("temporary")));
    }

    private string In(string name) => Path.Combine(folder, name);
}
