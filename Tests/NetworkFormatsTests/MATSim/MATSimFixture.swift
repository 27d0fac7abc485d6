import Foundation
import NetworkFormats

/// Files of MATSim for tests.
enum MATSimFixture {
  /// A main street from W to E with a side street from S: two lanes in from W, one of them a lane for right turns.
  static let files: [String: String] = [
    "network.xml": """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE network SYSTEM "http://www.matsim.org/files/dtd/network_v2.dtd">
    <network>
      <nodes>
        <node id="C" x="0" y="0"/>
        <node id="W" x="-500" y="0"/>
        <node id="E" x="500" y="0"/>
        <node id="S" x="0" y="-500"/>
      </nodes>
      <links capperiod="01:00:00">
        <link id="WC" from="W" to="C" length="520" freespeed="12.5" capacity="1800" permlanes="1" oneway="1" modes="car,bike"/>
        <link id="CE" from="C" to="E" length="500" freespeed="12.5" capacity="1800" permlanes="1" oneway="1" modes="car"/>
        <link id="SC" from="S" to="C" length="500" freespeed="10" capacity="3000" permlanes="2" oneway="1" modes="car"/>
        <link id="CS" from="C" to="S" length="500" freespeed="10" capacity="1500" permlanes="1" oneway="1" modes="car"/>
        <link id="path" from="E" to="S" length="700" freespeed="3" capacity="500" permlanes="1" oneway="1" modes="bike"/>
      </links>
    </network>

    """,
    "lanes.xml": """
    <laneDefinitions xmlns="http://www.matsim.org/files/dtd">
      <lanesToLinkAssignment linkIdRef="WC">
        <lane id="WC.ol"><leadsTo><toLane refId="WC.t"/><toLane refId="WC.r"/></leadsTo>
          <representedLanes number="1"/><capacity vehiclesPerHour="1800"/><startsAt meterFromLinkEnd="520"/><alignment>0</alignment></lane>
        <lane id="WC.t"><leadsTo><toLink refId="CE"/></leadsTo>
          <representedLanes number="1"/><capacity vehiclesPerHour="1700"/><startsAt meterFromLinkEnd="100"/><alignment>1</alignment></lane>
        <lane id="WC.r"><leadsTo><toLink refId="CS"/></leadsTo>
          <representedLanes number="1"/><capacity vehiclesPerHour="1400"/><startsAt meterFromLinkEnd="60"/><alignment>-1</alignment></lane>
      </lanesToLinkAssignment>
    </laneDefinitions>

    """,
    "signalSystems.xml": """
    <signalSystems xmlns="http://www.matsim.org/files/dtd">
      <signalSystem id="middle">
        <signals>
          <signal id="w" linkIdRef="WC"><lane refId="WC.t"/></signal>
          <signal id="s" linkIdRef="SC"/>
        </signals>
      </signalSystem>
    </signalSystems>

    """,
    "signalGroups.xml": """
    <signalGroups xmlns="http://www.matsim.org/files/dtd">
      <signalSystem refId="middle">
        <signalGroup id="main"><signal refId="w"/></signalGroup>
        <signalGroup id="side"><signal refId="s"/></signalGroup>
      </signalSystem>
    </signalGroups>

    """,
    "signalControl.xml": """
    <signalControl xmlns="http://www.matsim.org/files/dtd">
      <signalSystem refId="middle">
        <signalSystemController>
          <controllerIdentifier>DefaultPlanbasedSignalSystemController</controllerIdentifier>
          <signalPlan id="am">
            <start daytime="07:00:00"/><stop daytime="08:00:00"/>
            <cycleTime sec="60"/><offset sec="7"/>
            <signalGroupSettings refId="main"><onset sec="0"/><dropping sec="30"/></signalGroupSettings>
            <signalGroupSettings refId="side"><onset sec="35"/><dropping sec="55"/></signalGroupSettings>
          </signalPlan>
        </signalSystemController>
      </signalSystem>
    </signalControl>

    """,
    "plans.xml": """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE population SYSTEM "http://www.matsim.org/files/dtd/population_v6.dtd">
    <population>
      <person id="1"><plan selected="no"><activity type="h" link="SC" end_time="01:00:00"/></plan><plan selected="yes">
        <activity type="h" link="WC" end_time="07:10:00"/>
        <leg mode="car" dep_time="07:10:05"><route type="links" start_link="WC" end_link="CS">WC CS</route></leg>
        <activity type="w" link="CS" end_time="16:00:00"/>
        <leg mode="pt"/>
        <activity type="h" link="WC"/></plan></person>
      <person id="2"><plan>
        <activity type="h" link="SC" end_time="07:20:00"/><leg mode="car"/><activity type="w" link="CE"/>
      </plan></person>
    </population>

    """,
  ]

  static func read(_ files: [String: String] = files) throws -> ReadScenario {
    try GMNSFixture.withFolder(files.sorted { $0.key < $1.key }.map { ($0.key, Data($0.value.utf8)) }) {
      try ScenarioReader.read($0, routes: [])
    }
  }

  /// The diagnostics that reading ends with, without the folder's path.
  static func failure(_ files: [String: String]) throws -> [String] {
    do {
      _ = try read(files)
      return []
    } catch let failure as InputFailure { return failure.diagnostics.map(CityFlowFixture.shortText) }
  }
}
