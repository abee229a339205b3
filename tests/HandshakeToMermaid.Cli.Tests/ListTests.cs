using System.Text.Json;

namespace HandshakeToMermaid.Cli.Tests;

/// <summary>h2m list, as a user meets it.</summary>
public sealed class ListTests
{
    [Fact]
    public void Behind_a_proxy_the_server_has_the_port_that_was_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory("h2m");
        try
        {
            var traces = Path.Combine(folder.FullName, "traces.json");
            var (code, output, _) = H2m.Run(["list", H2m.Sample("proxy-connect"), "--otlp", traces]);
            Assert.Equal(ExitCode.Done, code);
            Assert.Contains(" www.example.com:443 ", output, StringComparison.Ordinal);
            Assert.DoesNotContain(":3128", output, StringComparison.Ordinal);
            Assert.Contains("{\"key\":\"server.port\",\"value\":{\"intValue\":\"443\"}}", File.ReadAllText(traces), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

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
    [InlineData("-c", "1-5", 2)]
    [InlineData("-c", "2-", 1)]
    [InlineData("-c", "3-7,1", 1)]
    [InlineData("--since", "2000-01-01", 2)]
    [InlineData("--since", "00:00", 2)]
    [InlineData("--until", "2000-01-01T00:00:00Z", 0)]
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

    /// <summary>EAPOL has link-layer addresses only: of either end, written with colons.</summary>
    [Theory]
    [InlineData("00:00:5e:00:53:10", 1)]
    [InlineData("00:00:5E:00:53:01", 1)]
    [InlineData("00:00:5e:00:53:99", 0)]
    public void A_host_may_be_a_link_layer_address(string address, int rows)
    {
        var (code, output, _) = H2m.Run(["list", H2m.Sample("eapol-tls"), "--json", "--host", address]);
        Assert.Equal((rows, rows == 0 ? ExitCode.Nothing : ExitCode.Done), (output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, code));
        if (rows == 0) return;
        using var row = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal(("eapol", "00:00:5e:00:53:10", 0), (row.RootElement.GetProperty("protocol").GetString(), row.RootElement.GetProperty("client").GetProperty("address").GetString(), row.RootElement.GetProperty("client").GetProperty("port").GetInt32()));
    }

    /// <summary>Other connections have no link-layer address here: their frames' addresses are those of the last hop.</summary>
    [Fact]
    public void A_link_layer_address_selects_no_connection_over_IP() => Assert.Equal(ExitCode.Nothing, H2m.Run(["list", H2m.Sample("tls12-success"), "--host", "00:00:5e:00:53:10"]).ExitCode);

    [Fact]
    public void Failed_selects_the_failures()
    {
        Assert.Equal(ExitCode.Nothing, H2m.Run(["list", H2m.Sample("tls12-success"), "--failed"]).ExitCode);
        Assert.Equal(ExitCode.Done, H2m.Run(["list", H2m.Sample("port-closed"), "--failed"]).ExitCode);
    }

    [Theory]
    [InlineData("-c", "5-1")]
    [InlineData("-c", "-3")]
    [InlineData("--since", "noon")]
    [InlineData("--csv", "--json")]
    public void What_selects_nothing_that_could_be_meant_is_refused(params string[] arguments)
        => Assert.Equal(ExitCode.WrongUsage, H2m.Run(["list", H2m.Sample("resumption-tls13"), .. arguments]).ExitCode);

    [Fact]
    public void The_time_of_a_row_selects_from_there_on()
    {
        var rows = H2m.Run(["list", H2m.Sample("resumption-tls13"), "--json"]).Output.TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        var start = rows[1].GetProperty("start").GetString()!;
        foreach (var since in (string[])[start, start[11..^1]])
        {
            var found = JsonDocument.Parse(H2m.Run(["list", H2m.Sample("resumption-tls13"), "--json", "--since", since]).Output).RootElement;
            Assert.Equal(2, found.GetProperty("id").GetInt32());
        }

        Assert.Equal(1, JsonDocument.Parse(H2m.Run(["list", H2m.Sample("resumption-tls13"), "--json", "--until", rows[0].GetProperty("start").GetString()!]).Output).RootElement.GetProperty("id").GetInt32());
    }

    [Fact]
    public void The_list_says_below_its_rows_how_connections_ended()
    {
        var (code, _, error) = H2m.Run(["list", H2m.Sample("expired-certificate"), H2m.Sample("tls12-success"), H2m.Sample("postgresql-unencrypted")]);
        Assert.Equal((ExitCode.Done, "h2m: 3 connections: 1 established, 1 failed, 1 neither.\n"), (code, error));
        Assert.Equal("", H2m.Run(["list", H2m.Sample("tls12-success"), "-q"]).Error);
    }

    [Fact]
    public void A_summary_counts_causes_with_an_example_and_names_the_slowest()
    {
        string[] captures = [.. new[] { "expired-certificate", "tls12-success", "port-closed", "slow-dns", "expired-certificate-tls13" }.Select(H2m.Sample)];
        var (code, output, _) = H2m.Run(["list", "--summary", .. captures, "--key-log", Path.Combine(H2m.Root, "samples/expired-certificate-tls13/keys.log")]);
        Assert.Equal(ExitCode.Done, code);
        var lines = output.TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 4, 10);
        Assert.Matches(@"^5 connections from \d{4}-\d\d-\d\d \d\d:\d\d:\d\d to .* UTC: 2 established, 3 failed$", lines[0]);
        Assert.Matches(@"^ +2  certificate-expired: The certificate has expired \(No\. \d\)$", lines[1]);
        Assert.Contains(lines, l => l.StartsWith("Handshakes: ", StringComparison.Ordinal));
        Assert.Contains("Slowest: DNS ", lines[^1], StringComparison.Ordinal);

        var json = JsonDocument.Parse(H2m.Run(["list", "--summary", "--json", .. captures]).Output).RootElement;
        Assert.Equal(5, json.GetProperty("connections").GetInt32());
        Assert.Equal(json.GetProperty("causes").EnumerateArray().Select(c => c.GetProperty("count").GetInt32()), json.GetProperty("causes").EnumerateArray().Select(c => c.GetProperty("count").GetInt32()).OrderDescending());
    }

    [Fact]
    public void A_summary_of_redacted_connections_has_no_name_of_theirs()
        => Assert.DoesNotContain("www.example.com", H2m.Run(["list", "--summary", "--redact", H2m.Sample("tls12-success")]).Output, StringComparison.Ordinal);

    [Fact]
    public void Comma_separated_values_have_a_header_and_are_quoted()
    {
        var (code, output, _) = H2m.Run(["list", "--csv", H2m.Sample("expired-certificate")]);
        Assert.Equal(ExitCode.Done, code);
        var lines = output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("id,start,protocol,client_address,", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
        Assert.Contains(",alert,true,certificate-expired,The certificate has expired,", lines[1], StringComparison.Ordinal);
        var (name, forged) = ("www.example.com"u8.ToArray(), "=ww\",xample.com"u8.ToArray());
        var capture = File.ReadAllBytes(H2m.Sample("tls12-success"));
        for (var at = capture.AsSpan().IndexOf(name); at >= 0; at = capture.AsSpan().IndexOf(name)) forged.CopyTo(capture, at);
        Assert.Contains(",\"'=ww\"\",xample.com\",", H2m.Run(["list", "--csv", "-"], capture).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Traces_are_one_object_and_carry_the_numbers_of_the_list()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var (code, output, _) = H2m.Run(["list", H2m.Sample("resumption-tls13"), "--json", "--otlp", path]);
            Assert.Equal(ExitCode.Done, code);
            Assert.Equal(2, output.TrimEnd().Split('\n').Length);
            using var traces = JsonDocument.Parse(File.ReadAllText(path));
            var roots = traces.RootElement.GetProperty("resourceSpans").EnumerateArray().Select(r => r.GetProperty("scopeSpans")[0].GetProperty("spans")[0]);
            Assert.Equal(["1", "2"], roots.Select(r => r.GetProperty("attributes")[0].GetProperty("value").GetProperty("intValue").GetString()));
            Assert.Equal(ExitCode.Done, H2m.Run(["list", H2m.Sample("tls12-success"), "--redact", "--otlp", path]).ExitCode);
            Assert.DoesNotContain("www.example.com", File.ReadAllText(path), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
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
    [InlineData(107, "00000800", "2 frames with an unsupported link type: Frame Relay (LINKTYPE 107); the first is frame 1.", "none of the frames could be decoded.")]
    [InlineData(1, "02020202020202020202020222f3", "2 frames contain TRILL (EtherType 0x22f3), which is not decoded; the first is frame 1.", "none of the frames could be decoded.")]
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
