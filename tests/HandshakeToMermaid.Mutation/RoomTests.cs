using System.Reflection;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace HandshakeToMermaid.Mutation;

/// <summary>The tests of one namespace, run in this process, one after the other.</summary>
internal sealed class RoomTests : IDisposable
{
    private static readonly Assembly Tests = Assembly.Load("HandshakeToMermaid.Tests");
    private readonly XunitTestFramework framework = new(new Silence());
    private readonly ITestFrameworkExecutor executor;
    private readonly Dictionary<string, ITestCase> cases;

    public RoomTests(string room)
    {
        var found = new Discovery();
        using (var discoverer = framework.GetDiscoverer(Reflector.Wrap(Tests)))
        {
            var options = new Options { ["xunit.discovery.PreEnumerateTheories"] = true, ["xunit.discovery.SynchronousMessageReporting"] = true };
            foreach (var type in Tests.GetTypes().Where(type => (type.Namespace + ".").StartsWith(room + ".", StringComparison.Ordinal)))
            {
                found.Over.Reset();
                discoverer.Find(type.FullName, includeSourceInformation: false, found, options);
                found.Over.Wait();
            }
        }

        cases = found.Cases.DistinctBy(static one => one.UniqueID).ToDictionary(static one => one.UniqueID);
        executor = framework.GetExecutor(Tests.GetName());
    }

    /// <summary>All tests.</summary>
    public IReadOnlyCollection<string> All => cases.Keys;

    /// <summary>Runs some tests up to the first that fails, and returns its key; null where all pass.</summary>
    public string? FirstFailure(IEnumerable<string> keys)
    {
        var run = new Run();
        var chosen = keys.Where(cases.ContainsKey).Select(key => cases[key]).ToList();
        if (chosen.Count == 0) return null;
        var options = new Options
        {
            ["xunit.execution.DisableParallelization"] = true,
            ["xunit.execution.StopOnTestFail"] = true,
            ["xunit.execution.SynchronousMessageReporting"] = true,
        };
        executor.RunTests(chosen, run, options);
        run.Over.Wait();
        return run.Failed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        executor.Dispose();
        framework.Dispose();
    }

    private sealed class Discovery : Silence
    {
        public List<ITestCase> Cases { get; } = [];

        public ManualResetEventSlim Over { get; } = new();

        public override bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestCaseDiscoveryMessage found) Cases.Add(found.TestCase);
            if (message is IDiscoveryCompleteMessage) Over.Set();
            return true;
        }
    }

    private sealed class Run : Silence
    {
        public string? Failed { get; private set; }

        public ManualResetEventSlim Over { get; } = new();

        public override bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestFailed failed) Failed ??= failed.TestCase.UniqueID;
            if (message is ITestAssemblyFinished) Over.Set();
            return Failed is null;
        }
    }

    private class Silence : LongLivedMarshalByRefObject, IMessageSink
    {
        public virtual bool OnMessage(IMessageSinkMessage message) => true;
    }

    private sealed class Options : Dictionary<string, object?>, ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        public TValue GetValue<TValue>(string name) => TryGetValue(name, out var value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => this[name] = value;
    }
}
