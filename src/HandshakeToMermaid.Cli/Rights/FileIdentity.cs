using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Cli.Rights;

/// <summary>
/// Reaches files as another user while it lasts, on the calling thread alone (setfsuid(2), Linux): what that user may not do fails, what is created belongs to
/// that user. Elsewhere nothing changes.
/// </summary>
internal readonly struct FileIdentity : IDisposable
{
    private readonly bool isChanged;

    private FileIdentity(Account account)
    {
        isChanged = true;
        _ = SetGroup(account.Group);
        _ = SetUser(account.User);
    }

    /// <summary>Begins; null to stay who it is.</summary>
    public static FileIdentity Of(Account? account) => account is { IsAlmighty: false } && OperatingSystem.IsLinux() && Account.IsRoot ? new FileIdentity(account) : default;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isChanged) return;
        _ = SetUser(0);
        _ = SetGroup(0);
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    private static extern int SetUser(uint user);

    [DllImport("libc", EntryPoint = "setfsgid")]
    private static extern int SetGroup(uint group);
}
