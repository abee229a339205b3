namespace HandshakeToMermaid.Cli.Tests;

/// <summary>h2m check, as continuous integration meets it.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2m").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_holds_passes()
        => Assert.Equal(
            (ExitCode.Done, "1 connection: 4 passed, 0 failed\n", ""),
            H2m.Run(["check", H2m.Sample("tls12-success"), "--min-version", "1.2", "--forbid-suite", "TLS_RSA_*", "--sni", "*.example.com", "--no-findings", "error"]));

    [Fact]
    public void What_does_not_hold_is_named_with_connection_value_and_frame_and_drawn()
    {
        var (code, output, error) = H2m.Run(["check", H2m.Sample("obsolete-version"), "--min-version", "1.2", "-o", In("offenders")]);
        Assert.Equal(ExitCode.ConditionMet, code);
        Assert.Equal("✗ 1 www.example.com: min-version: TLS 1.0 (frame 8), expected TLS 1.2 or later\n1 connection: 0 passed, 1 failed\n", output);
        Assert.Equal($"h2m: 1 diagram written to {In("offenders")}.\n", error);
        Assert.StartsWith("sequenceDiagram", File.ReadAllText(In("offenders/001-www.example.com.mmd")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("junit")]
    [InlineData("sarif")]
    [InlineData("github")]
    public void A_redacted_report_is_judged_by_the_names_and_shows_none(string format)
    {
        File.WriteAllText(In("rules.json"), """{"rules": [{"name": "www.example.com", "for": {"sni": ["www.example.com"]}, "sni": ["*.example.org"], "no_findings": "error"}]}""");
        string[] line = ["check", H2m.Sample("wrong-name"), "--rules", In("rules.json"), "-f", format];
        var (code, output, _) = H2m.Run([.. line, "--redact", "-o", In("offenders")]);
        Assert.Equal(ExitCode.ConditionMet, code);
        var diagram = File.ReadAllText(Assert.Single(Directory.EnumerateFiles(In("offenders"))));
        foreach (var original in (string[])["www.example", "shop.example", "example.org", "203.0.113.55", "wrong-name/"])
        {
            Assert.DoesNotContain(original, output, StringComparison.Ordinal);
            Assert.DoesNotContain(original, diagram, StringComparison.Ordinal);
        }

        Assert.Contains("host-1.example-1.com", output, StringComparison.Ordinal);
        Assert.Contains("expected a name that --redact leaves out", output.Replace("\"expected\": \"", "expected ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(H2m.Run(line).Output.Split('\n').Length, output.Split('\n').Length);
    }

    [Fact]
    public void A_redacted_check_gives_its_owner_the_map()
    {
        Assert.Equal(ExitCode.Done, H2m.Run(["check", H2m.Sample("tls12-success"), "--min-version", "1.2", "--redact", "--redact-map", In("map.json")]).ExitCode);
        Assert.Contains("\"www.example.com\"", File.ReadAllText(In("map.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_connection_decides_has_an_exit_code_of_its_own()
    {
        var (code, output, error) = H2m.Run(["check", H2m.Sample("nxdomain"), "--min-version", "1.2"]);
        Assert.Equal((ExitCode.Nothing, "1 connection: 0 passed, 0 failed, 1 not decided\n"), (code, output));
        Assert.Equal("h2m: min-version was decided for no connection: no TLS handshake was captured.\n", error);
    }

    [Fact]
    public void Rules_of_a_file_hold_for_the_connections_that_they_select()
    {
        File.WriteAllText(In("rules.json"), """
            {"rules": [
              {"name": "sites", "for": {"sni": ["*.example.com"], "port": [443]}, "min_version": "1.2", "alpn": ["h2", "http/1.1"], "max_tls_ms": 1000},
              {"name": "mail", "for": {"port": [25]}, "require_mtls": true}]}
            """);
        var (code, output, error) = H2m.Run(["check", H2m.Sample("expired-certificate"), H2m.Sample("obsolete-version"), "--rules", In("rules.json")]);
        Assert.Equal(ExitCode.ConditionMet, code);
        Assert.Contains("www.example.com: sites: min-version: TLS 1.0 (frame ", output, StringComparison.Ordinal);
        Assert.Equal("h2m: mail: require-mtls was decided for no connection: the rule is about none of the connections.\n", error);
    }

    [Theory]
    [InlineData("{\"rules\": [{\"min_versoin\": \"1.2\"}]}", "rules[0] has the unknown member 'min_versoin'")]
    [InlineData("{\"rules\": [{\"min_version\": \"1.2\", \"min_version\": \"1.3\"}]}", "rules[0] has the member 'min_version' twice")]
    [InlineData("{\"rules\": [{\"name\": \"x\"}]}", "rules[0] asserts nothing")]
    [InlineData("{\"rules\": []}", "rules is not a list with entries")]
    [InlineData("{\"rules\": [{\"forbid_suites\": [\"RSA\"]}]}", "'RSA' matches no cipher suite: names are those of IANA, such as TLS_RSA_*")]
    [InlineData("{\"rules\": [{\"for\": {\"port\": [70000]}, \"sni\": [\"*\"]}]}", "rules[0].for.port holds no port")]
    [InlineData("{\"rules\": [{\"for\": {\"port\": [\"443\"]}, \"sni\": [\"*\"]}]}", "rules[0].for.port holds no port")]
    [InlineData("{\"rules\": [{\"sni\": [\"\\ud800\"]}]}", "rules[0].sni is not Unicode")]
    [InlineData("{\"rules\": [{\"min_version\": \"\\u001b[2J\"}]}", "'‹U+001B›[2J' is no version")]
    [InlineData("[]", "the file is not an object")]
    public void Rules_that_would_be_misread_are_refused(string rules, string reason)
    {
        File.WriteAllText(In("rules.json"), rules);
        var (code, output, error) = H2m.Run(["check", H2m.Sample("nxdomain"), "--rules", In("rules.json")]);
        Assert.Equal((ExitCode.WrongUsage, ""), (code, output));
        Assert.StartsWith($"h2m: {In("rules.json")}: {reason}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--min-version", "1.4")]
    [InlineData("--forbid-suite", "AES")]
    [InlineData("--require-group", "P-256")]
    [InlineData("--max-tls-ms", "0")]
    [InlineData("--no-findings", "fatal")]
    public void What_would_assert_nothing_is_refused(params string[] assertion)
        => Assert.Equal(ExitCode.WrongUsage, H2m.Run(["check", H2m.Sample("nxdomain"), .. assertion]).ExitCode);

    [Fact]
    public void The_schemas_are_printed()
    {
        Assert.Equal(File.ReadAllText(Path.Combine(H2m.Root, "src/HandshakeToMermaid.Cli/Schemas/connection.schema.json")), H2m.Run(["schema"]).Output);
        Assert.Equal(File.ReadAllText(Path.Combine(H2m.Root, "src/HandshakeToMermaid.Cli/Schemas/rules.schema.json")), H2m.Run(["schema", "rules"]).Output);
        Assert.Equal(ExitCode.WrongUsage, H2m.Run(["schema", "x"]).ExitCode);
    }

    private string In(string name) => Path.Combine(folder, name);
}
