using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

public sealed class FlowDeadlinesTests
{
    [Fact]
    public void The_earliest_is_always_first_and_of_equal_ones_the_older()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var deadlines = new FlowDeadlines();
            var expected = new Dictionary<TcpFlow, long>();
            Assert.Equal(long.MaxValue, deadlines.Earliest);
            for (var ordinal = 1; ordinal < 1000; ordinal++)
            {
                var deadline = random.Next(30);
                var known = expected.Count > 0 ? expected.Keys.ElementAt(random.Next(expected.Count)) : null;
                switch (known is null ? 0 : random.Next(ordinal < 500 ? 4 : 6))
                {
                    case 0 or 1:
                        var flow = new TcpFlow(1000 - ordinal, "test", default, default, default);
                        expected.Add(flow, deadline);
                        deadlines.Add(flow, deadline);
                        break;
                    case 2:
                        expected[known!] = deadline;
                        deadlines.Move(known!, deadline);
                        break;
                    default:
                        expected.Remove(known!);
                        deadlines.Remove(known!);
                        break;
                }

                Assert.Equal(expected.Keys.OrderBy(f => f.Ordinal), deadlines.ToArray().OrderBy(f => f.Ordinal));
                if (expected.Count == 0) continue;
                var first = expected.OrderBy(e => e.Value).ThenBy(e => e.Key.Ordinal).First();
                Assert.Same(first.Key, deadlines.First);
                Assert.Equal(first.Value, deadlines.Earliest);
            }
        }
    }
}
