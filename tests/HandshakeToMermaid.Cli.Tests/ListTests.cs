using System.Text.Json;

namespace HandshakeToMermaid.Cli.Tests;

/// <summary>h2m list, as a user meets it.</summary>
public sealed class ListTests
{
    [Fact]
    public void A_row_names_server_handshake_and_outcome()
    {
        var (code, output, _) = H2m.Run(["list", H2m.Sample("tls12-success")]);
        Assert.Equal(ExitCode.Done, code);
        var row = output.TrimEnd().Split('\n')[^1];
        Assert.Contains("www.example.com:443", row, StringComparison.Ordinal);
        Assert.Contains("TLS 1.2", row, StringComparison.Ordinal);
        Assert.Contains("established", row, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_is_marked()
        => Assert.Contains("✗", H2m.Run(["list", H2m.Sample("expired-certificate")]).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("--connection", "2", 1)]
    [InlineData("--connection", "1,2", 2)]
    [InlineData("--port", "443", 2)]
    [InlineData("--port", "80", 0)]
    [InlineData("--host", "www.example.com", 2)]
    [InlineData("--host", "203.0.113.55", 2)]
    [InlineData("--host", "198.51.100.1", 0)]
    [InlineData("--sni", "*.EXAMPLE.com", 2)]
    [InlineData("--sni", "ftp.*", 0)]
    public void Selection_narrows_the_rows(string option, string value, int rows)
    {
        var (code, output, _) = H2m.Run(["list", H2m.Sample("resumption-tls13"), "--json", option, value]);
        Assert.Equal(rows, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(rows == 0 ? ExitCode.Nothing : ExitCode.Done, code);
    }

    [Fact]
    public void Failed_selects_the_failures()
    {
        Assert.Equal(ExitCode.Nothing, H2m.Run(["list", H2m.Sample("tls12-success"), "--failed"]).ExitCode);
        Assert.Equal(ExitCode.Done, H2m.Run(["list", H2m.Sample("port-closed"), "--failed"]).ExitCode);
    }

    [Fact]
    public void Json_has_the_members_of_the_contract()
    {
        var line = H2m.Run(["list", H2m.Sample("mutual-tls12"), "--json"]).Output.TrimEnd();
        var connection = JsonDocument.Parse(line).RootElement;
        string[] members = ["schema", "id", "capture", "protocol", "client", "server", "start", "first_frame", "last_frame", "dns", "tcp", "tls", "timing", "outcome", "findings", "unread"];
        Assert.All(members, m => Assert.True(connection.TryGetProperty(m, out _), m));
        string[] tls = ["version", "cipher_suite", "cipher_suite_code", "group", "sni", "alpn", "alpn_offered", "resumed", "hello_retry", "early_data", "client_certificate", "ech", "ja3", "ja3s", "ja4", "decrypted", "messages", "alerts", "certificates", "proofs"];
        Assert.All(tls, m => Assert.True(connection.GetProperty("tls").TryGetProperty(m, out _), m));
        Assert.Equal("handshake-to-mermaid/1", connection.GetProperty("schema").GetString());
        Assert.Equal("sent", connection.GetProperty("tls").GetProperty("client_certificate").GetString());
    }

    [Fact]
    public void Json_shows_characters_that_nobody_sees_as_escapes_and_means_the_same_text()
    {
        var (name, forged) = ("example.com"u8.ToArray(), "ex\u202Ele\u200Bm"u8.ToArray());
        Assert.Equal(name.Length, forged.Length);
        var capture = File.ReadAllBytes(H2m.Sample("tls12-success"));
        for (var at = capture.AsSpan().IndexOf(name); at >= 0; at = capture.AsSpan().IndexOf(name)) forged.CopyTo(capture, at);
        foreach (var arguments in (string[][])[["list", "--json", "-"], ["convert", "-f", "json", "-"]])
        {
            var (_, output, _) = H2m.Run(arguments, capture);
            Assert.Contains("\\u202E", output, StringComparison.Ordinal);
            Assert.DoesNotContain(output, static c => c is '\u202E' or '\u200B');
            using var json = System.Text.Json.JsonDocument.Parse(output);
Assert.Contains("ex\u202Ele\u200Bm", System.Text.RegularExpressions.Regex.Unescape(json.RootElement.GetRawText()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Several_captures_are_one()
    {
        var (_, output, _) = H2m.Run(["list", H2m.Sample("nxdomain"), H2m.Sample("tls12-success"), H2m.Sample("port-closed"), "--json"]);
        var ids = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal([1, 2, 3], ids.Select(c => c.GetProperty("id").GetInt32()));
        var starts = ids.Select(c => c.GetProperty("start").GetString()).ToList();
        Assert.Equal(starts.Order(StringComparer.Ordinal), starts);
    }

    [Theory]
    [InlineData(127, "00000800", "2 frames with an unsupported link type: IEEE 802.11 radiotap (LINKTYPE 127); the first is frame 1.", "none of the frames could be decoded.")]
    [InlineData(1, "0202020202020202020202028847", "2 frames contain MPLS (EtherType 0x8847), which is not decoded; the first is frame 1.", "none of the frames could be decoded.")]
    [InlineData(1, "0202020202020202020202020806", "there is no handshake in 2 frames.", "")]
    public void Frames_that_are_not_looked_into_are_not_said_to_hold_no_handshake(ushort link, string frame, string unparsed, string verdict)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var bytes = Convert.FromHexString(frame.PadRight(120, '0'));
        using (var pcap = new BinaryWriter(File.Create(file)))
        {
            pcap.Write([0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, (byte)link, 0, 0, 0]);
            for (var i = 0; i < 2; i++)
            {
                foreach (var number in new[] { 1_700_000_000, 0, bytes.Length, bytes.Length }) pcap.Write(number);
                pcap.Write(bytes);
            }
        }

        try
        {
            var (_, _, error) = H2m.Run(["list", file]);
            Assert.Contains(unparsed, error, StringComparison.Ordinal);
            Assert.EndsWith(verdict, error.TrimEnd(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
