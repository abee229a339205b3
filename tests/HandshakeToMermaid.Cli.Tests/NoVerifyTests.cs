namespace HandshakeToMermaid.Cli.Tests;

/// <summary><c>--no-verify</c>: signatures of handshakes are left out, and nothing claims that they were checked.</summary>
public sealed class NoVerifyTests
{
    [Theory]
    [InlineData("list", "tls12-success", "server_key_exchange", "--json")]
    [InlineData("convert", "tls12-success", "server_key_exchange", "-f", "json")]
    [InlineData("list", "tls13-success", "certificate_verify", "--json")]
    public void Json_says_that_a_signature_was_not_checked_and_why(string command, string sample, string what, params string[] more)
    {
        var log = Path.Combine(H2m.Root, "samples", sample, "keys.log");
        string[] line = [command, H2m.Sample(sample), .. more, .. File.Exists(log) ? ["--key-log", log] : Array.Empty<string>()];
        var (exit, output, error) = H2m.Run([.. line, "--no-verify"]);
        Assert.Equal((ExitCode.Done, ""), (exit, error));
        var plain = H2m.Run(line).Output;
        Assert.Equal(plain.Contains($"\"{what}\"", StringComparison.Ordinal), output.Contains("left out by --no-verify", StringComparison.Ordinal));
        Assert.DoesNotContain("left out", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diagram_does_not_say_verified()
    {
        string[] line = ["convert", H2m.Sample("tls12-success"), "-f", "mermaid", "--detail", "full"];
        Assert.Contains("signature not checked: left out by", H2m.Run([.. line, "--no-verify"]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not checked: left out", H2m.Run(line).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_the_same()
    {
        string[] line = ["list", H2m.Sample("tls12-success")];
        Assert.Equal(H2m.Run(line), H2m.Run([.. line, "--no-verify"]));
    }
}
