using System.CommandLine;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>The private keys of servers, with which sessions are decrypted whose key exchange is RSA.</summary>
internal sealed class PrivateKeyOption
{
    public PrivateKeyOption(Command command) => command.Options.Add(files);

    /// <summary>Reads the keys that the command line names; null where it names none.</summary>
    /// <exception cref="KeyLogException">One of them cannot be read, or is none.</exception>
    public PrivateKeys? Read(ParseResult parsed) => parsed.GetValue(files) is { Length: > 0 } paths ? new PrivateKeys([.. paths.Select(Read)]) : null;

    private static PrivateKey Read(string path)
    {
        var what = $"the RSA key {path}";
        string? why = null;
        var key = InputFile.Read(what, path, file => PrivateKeyFile.Read(path, file, out why), static sentence => new KeyLogException(sentence));
        return key ?? throw new KeyLogException($"{what} cannot be used: {why}.");
    }

    private readonly Option<string[]> files = new("--rsa-key")
    {
        HelpName = "FILE",
        Description = "RSA private key of a server (PEM) to decrypt with, where the key exchange is RSA (TLS 1.2 and below); can be repeated",
        Arity = ArgumentArity.OneOrMore,
    };
}
