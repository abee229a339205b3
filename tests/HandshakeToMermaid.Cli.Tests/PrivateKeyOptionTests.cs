namespace HandshakeToMermaid.Cli.Tests;

/// <summary>--rsa-key, as a user meets it.</summary>
public sealed class PrivateKeyOptionTests
{
    [Theory]
    [InlineData("list", "--json")]
    [InlineData("convert", "-f", "json")]
    public void A_private_key_opens_what_was_encrypted_and_is_never_shown(params string[] command)
    {
        var (code, output, error) = H2m.Run([.. command, PathOf("ticket.pcap"), "--rsa-key", PathOf("server.pkcs8.pem")]);
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("GET / HTTP/1.0", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"decrypted\":false", output, StringComparison.Ordinal);
        foreach (var line in File.ReadLines(PathOf("server.pkcs8.pem")).Where(l => l[0] != '-')) Assert.DoesNotContain(line[..16], output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_belongs_to_no_certificate_is_one_sentence_beside_the_output()
    {
        var (code, output, error) = H2m.Run(["convert", PathOf("full.pcap"), "--rsa-key", PathOf("other.pem")]);
        Assert.Equal((ExitCode.Done, $"h2m: the RSA key {PathOf("other.pem")} belongs to no certificate of the capture.\n"), (code, error));
        Assert.StartsWith("sequenceDiagram", output[output.IndexOf("sequenceDiagram", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Empty(H2m.Run(["list", "--quiet", PathOf("full.pcap"), "--rsa-key", PathOf("other.pem")]).Error);
    }

    [Theory]
    [InlineData("certificate.pem", "cannot be used: it contains a certificate and no private key.")]
    [InlineData("encrypted.pem", "cannot be used: its private key is encrypted; decrypt it first, with openssl pkey -in FILE -out PLAIN.")]
    [InlineData("ec.pem", "cannot be used: its private key is not an RSA key; others decrypt no TLS session.")]
    [InlineData("full.pcap", "cannot be used: it contains no PEM block (-----BEGIN PRIVATE KEY-----).")]
    [InlineData("missing.pem", "does not exist.")]
    public void A_file_without_a_usable_key_is_an_error_of_one_sentence(string name, string expected)
    {
        foreach (var command in (string[][])[["list"], ["convert"], ["check", "--min-version", "1.2"]])
        {
            var (code, output, error) = H2m.Run([.. command, PathOf("full.pcap"), "--rsa-key", PathOf(name)]);
            Assert.Equal((ExitCode.Unreadable, "", $"h2m: the RSA key {PathOf(name)} {expected}\n"), (code, output, error));
        }

        Assert.Equal(ExitCode.Unreadable, H2m.Run(["compare", PathOf("full.pcap"), PathOf("full.pcap"), "--rsa-key", PathOf(name)]).ExitCode);
        Assert.Equal(ExitCode.Unreadable, H2m.Run(["live", "-i", "lo", "--rsa-key", PathOf(name)]).ExitCode);
    }

    private static string PathOf(string name) => Path.Combine(H2m.Root, "tests", "HandshakeToMermaid.Tests", "Cases", "PrivateKeys", name);
}
