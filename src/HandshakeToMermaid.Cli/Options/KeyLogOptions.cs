using System.CommandLine;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>The secrets with which encrypted messages are opened.</summary>
internal sealed class KeyLogOptions
{
    public KeyLogOptions(Command command) => command.Options.Add(keyLogs);

    /// <summary>Reads the key logs that the command line names and says on standard error what could not be used of them.</summary>
    /// <exception cref="UsageException">SSLKEYLOGFILE was asked for and is not set.</exception>
    /// <exception cref="KeyLogException">One of them cannot be read.</exception>
    public SecretStore Read(ParseResult parsed, bool isQuiet)
    {
        var secrets = new SecretStore();
        foreach (var name in parsed.GetValue(keyLogs) ?? [])
        {
            var path = name == Environment ? FromEnvironment() : name;
            var log = Read(path, secrets);
            if (!isQuiet) Report(path, log);
        }
        return secrets;
    }

    private static string FromEnvironment()
    {
        var path = System.Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(path) ? throw new UsageException($"--key-log {Environment} needs {Variable}, which is not set.") : path;
    }

    private static KeyLog Read(string path, SecretStore secrets)
        => InputFile.Read($"the key log {path}", path, file => KeyLog.Read(file, secrets), static sentence => new KeyLogException(sentence));

    /// <summary>Line numbers and reasons, never anything of the lines themselves.</summary>
    private static void Report(string path, KeyLog log)
    {
        foreach (var fault in log.Faults.Take(MaxNamed)) Console.Error.WriteLine($"h2m: {path}, {fault}.");
        if (log.Broken > MaxNamed) Console.Error.WriteLine($"h2m: {path}: {log.Broken} lines in total could not be used.");
        if (log.Kept == 0) Console.Error.WriteLine($"h2m: {path} contains no usable secret.");
    }

    private readonly Option<string[]> keyLogs = new("--key-log")
    {
        HelpName = "FILE",
        Description = "TLS key log (SSLKEYLOGFILE) to decrypt with; 'env' for the file named by SSLKEYLOGFILE; can be repeated",
        Arity = ArgumentArity.OneOrMore,
    };

    private const string Environment = "env";
    private const string Variable = "SSLKEYLOGFILE";

    // More of them are one mistake, reported often enough by then.
    private const int MaxNamed = 5;
}
