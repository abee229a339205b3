using System.Globalization;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>
/// Finds out which connections a process and its children make: their sockets (/proc/PID/fd) and the kernel's tables (/proc/PID/net)
/// share a number. Linux only, and by looking again and again: a socket that lives shorter than a look is not seen.
/// </summary>
internal sealed class ProcessSockets : IDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<int> family = [];
    private readonly HashSet<long> own = [];
    private readonly Dictionary<(IpEndpoint Local, IpEndpoint Remote), (long Number, int Sights)> seen = [];
    private readonly HashSet<IpEndpoint> ownDatagrams = [];
    private readonly Thread thread;
    private volatile bool isStopped;
    private volatile int root = Environment.ProcessId;
    private long familyAt;
    private long followedAt;

    private ProcessSockets()
    {
        thread = new Thread(Look) { IsBackground = true, Name = "sockets" };
        thread.Start();
    }

    /// <summary>
    /// Begins to poll, before there is a command: the first polls are slow, and a command may be over after a few milliseconds. Null
    /// where the platform is not supported.
    /// </summary>
    public static ProcessSockets? Begin() => OperatingSystem.IsLinux() && Directory.Exists("/proc/self/fd") ? new ProcessSockets() : null;

    /// <summary>The command runs.</summary>
    public void Follow(int process)
    {
        lock (gate)
        {
            root = process;
            family.Add(process);
            familyAt = followedAt = Environment.TickCount64;
        }
    }

    /// <summary>Whose a connection is, from what was seen so far.</summary>
    public SocketOwner OwnerOf(IpEndpoint one, IpEndpoint other)
    {
        lock (gate)
        {
            var isSeen = seen.TryGetValue((one, other), out var forward);
            var isSeenBack = seen.TryGetValue((other, one), out var back);
            if ((isSeen && own.Contains(forward.Number)) || (isSeenBack && own.Contains(back.Number))) return SocketOwner.Command;

            // Once may be a socket of the command that was opened and closed between two looks at its files.
            return (isSeen && forward.Sights >= SureProvenances) || (isSeenBack && back.Sights >= SureProvenances) ? SocketOwner.Other : SocketOwner.Unknown;
        }
    }

    /// <summary>True where the command asked from this address and port over UDP.</summary>
    public bool AskedFrom(IpEndpoint local)
    {
        lock (gate) return ownDatagrams.Contains(local) || ownDatagrams.Contains(new IpEndpoint(AnyIpv4, local.Port)) || ownDatagrams.Contains(new IpEndpoint(default, local.Port));
    }

    /// <summary>Ends the looking.</summary>
    public void Dispose()
    {
        isStopped = true;
        thread.Join(TimeSpan.FromSeconds(1));
    }

    private void Look()
    {
        while (!isStopped)
        {
            var began = Environment.TickCount64;
            try
            {
                lock (gate) LookOnce();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Processes end while they are looked at.
            }

            // Short-lived commands are looked at closely; for the others a quarter of one processor at most.
            var isEarly = began - followedAt < EarlyMilliseconds;
            Thread.Sleep((int)(isEarly ? 1 : Math.Max(1, 3 * (Environment.TickCount64 - began))));
        }
    }

    private void LookOnce()
    {
        if (Environment.TickCount64 - familyAt >= FamilyMilliseconds) Grow();
        if (family.Count == 0) AddSockets(root, []);
        foreach (var process in family) AddSockets(process, own);
        ReadTable("tcp", isDatagram: false);
        ReadTable("tcp6", isDatagram: false);
        ReadTable("udp", isDatagram: true);
        ReadTable("udp6", isDatagram: true);
    }

    /// <summary>Adds children of known processes; those whose parent ended before are known already.</summary>
    private void Grow()
    {
        familyAt = Environment.TickCount64;
        var open = new Stack<int>(family);
        while (open.TryPop(out var parent))
        {
            foreach (var child in ChildrenOf(parent))
            {
                if (family.Add(child)) open.Push(child);
            }
        }
    }

    /// <summary>
    /// What the threads of a process started (/proc/PID/task/TID/children of proc(5); kernels of distributions have it, and without it connections of
    /// children are matched by time).
    /// </summary>
    private static IEnumerable<int> ChildrenOf(int process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{process}/task")
                .SelectMany(task => File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static void AddSockets(int process, HashSet<long> numbers)
    {
        try
        {
            foreach (var link in Directory.EnumerateFileSystemEntries($"/proc/{process}/fd"))
            {
                var target = new FileInfo(link).LinkTarget;
                if (target is not null && target.StartsWith("socket:[", StringComparison.Ordinal)
                    && long.TryParse(target.AsSpan(8, target.Length - 9), CultureInfo.InvariantCulture, out var number)) numbers.Add(number);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
        }
    }

    /// <summary>Lines of "sl: LOCAL:PORT REMOTE:PORT state queues timer retransmissions uid timeout inode".</summary>
    private void ReadTable(string table, bool isDatagram)
    {
        // The table of the command's own network namespace, for as long as it lives.
        var path = $"/proc/{root}/net/{table}";
        if (!File.Exists(path)) path = $"/proc/self/net/{table}";
        if (!File.Exists(path)) return;
        foreach (var line in File.ReadLines(path))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 10 || !long.TryParse(fields[9], CultureInfo.InvariantCulture, out var number) || number == 0) continue;
            if (EndpointOf(fields[1]) is not { } local || EndpointOf(fields[2]) is not { } remote) continue;
            if (isDatagram)
            {
                if (own.Contains(number)) ownDatagrams.Add(local);
                continue;
            }

            var sights = seen.TryGetValue((local, remote), out var before) && before.Number == number ? before.Sights + 1 : 1;
            if (seen.Count < MaxSeen || sights > 1) seen[(local, remote)] = (number, sights);
        }
    }

    /// <summary>An address in words of 32 bits, each in the machine's byte order, and a port.</summary>
    internal static IpEndpoint? EndpointOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32)) return null;
        Span<byte> bytes = stackalloc byte[16];
        for (var word = 0; word < colon / 8; word++)
        {
            if (!uint.TryParse(text.AsSpan(word * 8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value)) return null;
            BitConverter.TryWriteBytes(bytes[(word * 4)..], value);
        }

        return ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port)
            ? new IpEndpoint(IpAddress.FromBytes(bytes[..(colon / 2)]), port)
            : null;
    }

    private const int SureProvenances = 3;
    private const long FamilyMilliseconds = 20;
    private const long EarlyMilliseconds = 2000;
    private const int MaxSeen = 200_000;
    private static readonly IpAddress AnyIpv4 = IpAddress.FromIpv4(0);
}
