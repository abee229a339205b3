using System.CommandLine;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Rights;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Whose rights are enough for what follows the opening of an interface.</summary>
internal sealed class UserOption
{
    public UserOption(Command command, string description)
    {
        user.Description = description;
        command.Options.Add(user);
    }

    /// <summary>The account; null where this process is not root and has nothing to give up.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="usual">The account where neither the command line nor sudo names one.</param>
    /// <exception cref="UsageException">There is no such user, or it needs root.</exception>
    public Account? Read(ParseResult parsed, Func<Account> usual)
    {
        var name = parsed.GetValue(user);
        if (!Account.IsRoot) return name is null ? null : throw new UsageException("--user needs the rights of root; without them there is nothing to give up.");
        if (name is null) return Account.Invoker ?? usual();
        return Account.Named(name) ?? throw new UsageException($"There is no user {name}.");
    }

    /// <summary>Makes sure before anything is captured that the product can be written by whom it will be written.</summary>
    /// <param name="product">What is drawn; null for nothing.</param>
    /// <param name="file">Another file that is written at the end; null for none.</param>
    /// <param name="account">Who writes; null for this process's user.</param>
    /// <exception cref="UsageException">It cannot.</exception>
    public static void RequireWritable(OutputTarget? product, string? file, Account? account)
    {
        using var identity = FileIdentity.Of(account);
        try
        {
            product?.CheckWritable();
            if (file is { Length: > 0 }) AtomicFile.Check(file);
        }
        catch (OutputException e) when (account is { IsAlmighty: false })
        {
            throw new UsageException($"{e.Message} The output is written as {account.Name}, not as root: choose another place, or --user.");
        }
        catch (OutputException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private readonly Option<string?> user = new("--user") { HelpName = "NAME" };
}
