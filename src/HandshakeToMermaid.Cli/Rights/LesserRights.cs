using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Rights;

/// <summary>
/// Gives up what is no longer needed once the interface is open: root's identity, capabilities, and with them system calls that no analysis makes. What
/// packets say is read with what is left.
/// </summary>
internal static class LesserRights
{
    /// <summary>Becomes another user, without a way back. Nothing is given up but system calls where this process has none of root's rights.</summary>
    /// <param name="account">Whose rights are enough; null to stay who it is.</param>
    /// <param name="runsPrograms">True where another program is still to be started.</param>
    /// <exception cref="CaptureException">The rights could not be given up.</exception>
    public static void Take(Account? account, bool runsPrograms)
    {
        if (OperatingSystem.IsWindows()) return;
        LoadWhatIsNeeded();
        if (OperatingSystem.IsLinux()) Capabilities.LeaveBoundingSet(account is { IsAlmighty: false });
        if (account is { IsAlmighty: false }) Become(account);
        if (OperatingSystem.IsLinux()) Capabilities.Clear(Account.IsRoot ? Capabilities.OfRoot : 0);
        if (OperatingSystem.IsLinux()) SystemCallFilter.Install(runsPrograms);
    }

    private static void Become(Account account)
    {
        // Groups first: without root's identity they cannot be changed any more. The C library does each of these for all threads.
        Check(InitializeGroups(account.Name, account.Group) == 0 || SetGroups(0, 0) == 0, account);
        Check(SetGroup(account.Group) == 0, account);
        Check(SetUser(account.User) == 0, account);
        if (SetUser(0) == 0) throw new CaptureException("The rights of root could not be given up for good; nothing was captured.");
    }

    private static void Check(bool isDone, Account account)
    {
        if (isDone) return;
        var reason = FileFailure.Reason(new IOException(null, Marshal.GetLastPInvokeError()));
        throw new CaptureException($"The rights of root could not be exchanged for those of {account.Name}: {reason}; --user root keeps them.");
    }

    /// <summary>The program's own files may lie where the other user may not read: root's home.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What was trimmed away is not needed later either.")]
    private static void LoadWhatIsNeeded()
    {
        // A native program is whole when it starts, and has no assemblies to ask.
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            _ = SHA256.HashData([]);
            return;
        }

        var loaded = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Assembly>([typeof(LesserRights).Assembly]);
        while (open.TryPop(out var assembly))
        {
            foreach (var name in assembly.GetReferencedAssemblies())
            {
                if (!loaded.Add(name.FullName)) continue;
                try
                {
                    open.Push(Assembly.Load(name));
                }
                catch (Exception e) when (e is IOException or BadImageFormatException)
                {
                    // Trimmed away, so that nothing uses it.
                }
            }
        }

        // The native library of hashes and ciphers is loaded by their first use.
        _ = SHA256.HashData([]);
    }

    [DllImport("libc", EntryPoint = "initgroups", SetLastError = true)]
    private static extern int InitializeGroups([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint group);

    [DllImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    private static extern int SetGroups(nuint count, nint groups);

    [DllImport("libc", EntryPoint = "setgid", SetLastError = true)]
    private static extern int SetGroup(uint group);

    [DllImport("libc", EntryPoint = "setuid", SetLastError = true)]
    private static extern int SetUser(uint user);
}
