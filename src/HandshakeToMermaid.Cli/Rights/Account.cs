using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Cli.Rights;

/// <summary>A user of this system (getpwnam(3)).</summary>
/// <param name="Name">The login name.</param>
/// <param name="User">The user's number.</param>
/// <param name="Group">The number of the user's own group.</param>
/// <param name="Home">The home directory; null where the system does not say.</param>
internal sealed record Account(string Name, uint User, uint Group, string? Home)
{
    /// <summary>The number of the user whose rights this process has.</summary>
    public static uint Current => EffectiveUser();

    /// <summary>True where this process has the rights of root and could give them up.</summary>
    public static bool IsRoot => !OperatingSystem.IsWindows() && EffectiveUser() == 0;

    /// <summary>True for the account that has every right.</summary>
    public bool IsAlmighty => User == 0;

    /// <summary>Who sudo was called by; null without sudo, and for root.</summary>
    public static Account? Invoker => Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } name && Named(name) is { IsAlmighty: false } account ? account : null;

    /// <summary>The account with all rights.</summary>
    public static Account Root { get; } = new("root", 0, 0, null);

    /// <summary>The account without rights: nobody, or its usual number where the system does not know the name.</summary>
    public static Account Nobody => Named("nobody") ?? new Account("nobody", 65534, 65534, null);

    /// <summary>Looks an account up; null where there is none.</summary>
    public static Account? Named(string name)
    {
        var entry = OperatingSystem.IsWindows() || name.Contains('\0', StringComparison.Ordinal) ? 0 : Find(name);
        if (entry == 0) return null;

        // struct passwd: name, password, user, group; then Linux and the BSDs differ.
        var numbers = 2 * IntPtr.Size;
        var home = OperatingSystem.IsLinux() ? Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(entry, numbers + 8 + IntPtr.Size)) : null;
        return new Account(name, (uint)Marshal.ReadInt32(entry, numbers), (uint)Marshal.ReadInt32(entry, numbers + 4), home);
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();

    [DllImport("libc", EntryPoint = "getpwnam")]
    private static extern nint Find([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
